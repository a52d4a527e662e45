import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { pottery, woodshop } from '../workshops.ts'

const kiln = { ko: '가마', en: 'From the Kiln' }

/** Teaware and things for serving. */
export const teaware: readonly DemoProduct[] = [
  {
    handle: 'one-hand-teapot',
    name: { ko: '한 손 다관', en: 'One-Hand Teapot' },
    slug: { ko: '한-손-다관', en: 'one-hand-teapot' },
    summary: {
      ko: '옆손잡이라 뚜껑을 누르며 한 손으로 따릅니다.',
      en: 'A side handle, so one thumb can hold the lid.',
    },
    description: {
      ko: prose(
        '옆으로 난 손잡이는 오른손으로 감아 쥐고 엄지로 뚜껑 꼭지를 누르게 되어 있습니다. 왼손은 책장을 넘기거나 아이를 안고 있어도 됩니다.',
        '물줄기가 끊기는 자리를 찾느라 부리를 열일곱 번 고쳤습니다. 마지막 방울은 흐르지 않고 톡 떨어집니다.',
        '속에는 흙으로 만든 거름망이 붙어 있어 잎차를 그대로 넣습니다.',
      ),
      en: prose(
        'Wrap your hand around the side handle and your thumb lands on the lid. The other hand is free to turn a page or hold a baby.',
        'We changed the spout seventeen times before the last drop fell cleanly instead of running down the front.',
        'A clay strainer is built in. Loose leaves go straight into the pot.',
      ),
    },
    details: goods(
      pottery,
      { ko: '백자토, 참나무 손잡이', en: 'Porcelain clay, oak handle' },
      { ko: '폭 18 × 높이 12 cm, 380 ml', en: '18 cm wide, 12 cm tall, 380 ml' },
    ),
    category: 'teaware',
    brandLine: kiln,
    options: [colour(swatches.porcelain, swatches.celadon, swatches.ink)],
    variants: [
      variant('SG-TEA-0101', [0], 520, 98000, 8200, 12),
      variant('SG-TEA-0102', [1], 520, 98000, 8200, 7),
      variant('SG-TEA-0103', [2], 520, 98000, 8200, 0),
    ],
    art: { shape: 'teapot', body: hue.porcelain, accent: hue.oak, paper: 'quince', pattern: 'speckle' },
    tags: ['tea', 'best'],
    createdDaysAgo: 260,
    reviews: [
      ko('다정', 5, 23, '마지막 방울이 정말 안 흐릅니다. 식탁보가 깨끗해요.', '물줄기 장인'),
      en('Eleanor', 5, 66, 'The thumb thing sounds like a gimmick. It is not.'),
      ko('우진', 3, 81, '왼손잡이에게는 방향이 반대예요. 왼손용도 만들어 주시면 바로 삽니다.'),
    ],
  },
  {
    handle: 'moon-jar',
    name: { ko: '달항아리', en: 'Moon Jar' },
    slug: { ko: '달항아리', en: 'moon-jar' },
    summary: {
      ko: '사발 둘을 맞붙여 만든, 조금 기우뚱한 둥근 항아리.',
      en: 'Two bowls joined at the waist, and never quite round.',
    },
    description: {
      ko: prose(
        '큰 항아리는 한 번에 올리면 주저앉습니다. 그래서 위아래를 따로 빚어 붙이는데, 그 이음매가 허리에 옅게 남습니다. 우리는 그 줄을 지우지 않습니다.',
        '완전히 둥근 달항아리는 없습니다. 어느 쪽으로 기울었는지 보고 놓을 자리를 정하세요.',
        '물을 담을 수 있습니다. 가지 하나면 충분합니다.',
      ),
      en: prose(
        'Thrown in one piece, a jar this size would sag. So it is made as two bowls and joined, and the seam stays faintly visible at the waist. We leave it there.',
        'None is perfectly round. See which way yours leans before you decide where it stands.',
        'It holds water. A single branch is enough.',
      ),
    },
    details: goods(
      pottery,
      { ko: '백자토, 무연 투명유', en: 'Porcelain clay, lead-free clear glaze' },
      { ko: '소 지름 18 cm · 대 지름 30 cm', en: 'Small 18 cm, large 30 cm across' },
    ),
    category: 'teaware',
    brandLine: kiln,
    options: [size({ ko: '소 18 cm', en: 'Small 18 cm' }, { ko: '대 30 cm', en: 'Large 30 cm' })],
    variants: [variant('SG-TEA-0201', [0], 1400, 89000, 7500, 9), variant('SG-TEA-0202', [1], 4200, 189000, 15900, 0)],
    art: { shape: 'moonJar', body: hue.porcelain, accent: hue.hanji, paper: 'indigo' },
    tags: ['gift', 'wedding'],
    createdDaysAgo: 330,
    reviews: [
      ko('은별', 5, 42, '현관에 두고 모과 가지를 꽂았어요. 집에 돌아올 때마다 한 번 멈춥니다.'),
      en('Sofia', 5, 90, 'Leans left, like my bookshelf. They were made for each other.'),
    ],
  },
  {
    handle: 'table-pitcher',
    name: { ko: '유약 흐른 물병', en: 'Dipped Pitcher' },
    slug: { ko: '유약-흐른-물병', en: 'dipped-pitcher' },
    summary: { ko: '아래 절반만 유약에 담갔다 꺼낸 1리터 물병.', en: 'One liter, dipped to the waist in glaze.' },
    description: {
      ko: prose(
        '위쪽은 맨흙이라 땀을 흘리듯 물기를 머금고, 증발하면서 속의 물을 조금 시원하게 지킵니다. 옹기가 하던 일을 물병에 옮겼습니다.',
        '입구에 손이 들어가 속까지 닦입니다. 얼음 큰 것도 들어갑니다.',
      ),
      en: prose(
        'The upper half is bare clay. It takes in a little water and lets it evaporate, which keeps the rest cool: an old trick of Korean storage jars, borrowed for the table.',
        'Wide enough for a hand with a sponge, and for large ice.',
      ),
    },
    details: goods(
      pottery,
      { ko: '산백토, 반시유', en: 'Stoneware, half glazed' },
      { ko: '폭 15 × 높이 21 cm, 1,000 ml', en: '15 cm wide, 21 cm tall, 1,000 ml' },
    ),
    category: 'teaware',
    brandLine: kiln,
    options: [colour(swatches.hanji, swatches.celadon)],
    variants: [variant('SG-TEA-0301', [0], 780, 54000, 4500, 16), variant('SG-TEA-0302', [1], 780, 54000, 4500, 11)],
    art: { shape: 'pitcher', body: hue.hanji, accent: hue.indigo, paper: 'celadon', pattern: 'speckle' },
    tags: ['new'],
    createdDaysAgo: 31,
    reviews: [
      ko('규리', 4, 10, '보리차 담아 둡니다. 맨흙 부분에 물기가 배어 처음엔 새는 줄 알았어요. 받침은 필요합니다.'),
    ],
  },
  {
    handle: 'soban',
    name: { ko: '혼자 상', en: 'Table for One' },
    slug: { ko: '혼자-상', en: 'table-for-one' },
    summary: { ko: '혼자 먹는 밥을 대충 먹지 않게 하는 작은 상.', en: 'A small table against eating over the sink.' },
    description: {
      ko: prose(
        '옛집에서는 손님마다 상을 하나씩 따로 냈습니다. 소반은 그러니까 한 사람을 위한 가구입니다.',
        '은행나무 상판은 가볍고 칼자국이 잘 아뭅니다. 다리는 개 다리 모양으로 휘어 들고 다니다 문지방에 부딪혀도 덜 상합니다. 옻을 세 번 올렸습니다.',
        '바닥에 앉지 않는 집에서는 침대 곁이나 소파 옆에 둡니다.',
      ),
      en: prose(
        'In old houses every guest was brought a separate table. A soban is furniture for exactly one person.',
        'The top is ginkgo, light and quick to close over knife marks; the legs bend like a dog’s, so a bump against the doorstep does less harm. Three coats of lacquer.',
        'If you do not sit on the floor, it works beside a bed or a sofa.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '은행나무, 옻칠', en: 'Ginkgo wood, natural lacquer' },
      { ko: '지름 36 × 높이 24 cm', en: '36 cm across, 24 cm tall' },
    ),
    category: 'teaware',
    options: [],
    variants: [variant('SG-TEA-0401', [], 1900, 168000, 14200, 2)],
    art: { shape: 'soban', body: hue.bean, accent: hue.celadon, paper: 'porcelain', pattern: 'grain' },
    tags: ['limited', 'gift'],
    createdDaysAgo: 180,
    reviews: [
      ko('하나', 5, 37, '자취 7년 차. 싱크대 앞에 서서 먹던 저녁이 끝났습니다.', '앉아서 먹습니다'),
      ko('경수', 4, 120, '마감이 곱습니다. 옻 냄새가 한 달쯤 가니 예민하신 분은 미리 바람을 쐬어 주세요.'),
    ],
  },
]
