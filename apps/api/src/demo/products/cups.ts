import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { pottery } from '../workshops.ts'

/** Cups and mugs. */
export const cups: readonly DemoProduct[] = [
  {
    handle: 'high-foot-mug',
    name: { ko: '굽 높은 머그', en: 'High-Foot Mug' },
    slug: { ko: '굽-높은-머그', en: 'high-foot-mug' },
    summary: {
      ko: '책상에 내려놓아도 자국이 남지 않게 굽을 1센티 높였습니다.',
      en: 'Raised one centimeter so it leaves no ring on the desk.',
    },
    description: {
      ko: prose(
        '컵받침을 자꾸 잃어버리는 사람이 만든 머그입니다. 굽을 1센티 높이고 바닥 안쪽을 둥글게 파서, 뜨거운 것을 담아도 상판에 열이 닿지 않습니다.',
        '손잡이에는 손가락 세 개가 들어갑니다. 네 개를 넣어 보니 컵이 커 보이고, 두 개는 손목이 불편했습니다. 320밀리리터, 찻물이든 커피든 한 번에 마시기 좋은 양입니다.',
        '유약은 1,250도에서 열여섯 시간 굽습니다. 같은 색이라도 가마 안 자리에 따라 농담이 조금씩 다릅니다.',
      ),
      en: prose(
        'Designed by someone who keeps losing coasters. The foot is a centimeter taller than usual and hollowed underneath, so heat never reaches the tabletop.',
        'Three fingers fit the handle. Four made the mug look clumsy; two hurt the wrist. It holds 320 ml, which is about as much tea as stays hot until you finish it.',
        'Fired for sixteen hours at 1,250°C. Expect small differences in tone: they depend on where in the kiln yours stood.',
      ),
    },
    details: goods(
      pottery,
      { ko: '백자토, 무연 유약', en: 'Porcelain clay, lead-free glaze' },
      { ko: '지름 8.6 × 높이 9.8 cm, 320 ml', en: '8.6 cm across, 9.8 cm tall, 320 ml' },
    ),
    category: 'cups',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [colour(swatches.celadon, swatches.porcelain, swatches.persimmon)],
    variants: [
      variant('SG-CUP-0101', [0], 340, 28000, 2400, 46),
      variant('SG-CUP-0102', [1], 340, 28000, 2400, 61),
      variant('SG-CUP-0103', [2], 340, 28000, 2400, 0),
    ],
    art: { shape: 'mug', body: hue.celadon, accent: hue.porcelain, paper: 'hanji' },
    tags: ['best', 'gift', 'tea'],
    createdDaysAgo: 412,
    reviews: [
      ko(
        '지우',
        5,
        21,
        '재택 3년 차, 드디어 책상에 동그란 자국이 안 생깁니다. 하나 더 사려고 감색 재입고 기다리는 중이에요.',
        '컵받침 졸업',
      ),
      ko(
        '은채',
        4,
        64,
        '모양도 무게도 마음에 드는데 사진보다 초록빛이 조금 더 돌아요. 가마 자리 따라 다르다고 쓰여 있긴 했어요.',
      ),
      en(
        'Hannah',
        5,
        38,
        'The handle is the best I have used, and I own too many mugs. Arrived wrapped in newspaper-thin hanji, not plastic.',
        'Fits the hand',
      ),
      ko('도현', 3, 97, '예쁩니다. 다만 굽 안쪽에 식기세척기 물이 고여서 꺼낼 때마다 한 번 털어야 해요.', '물 고임'),
    ],
  },
  {
    handle: 'crackle-teacup',
    name: { ko: '빙렬 찻잔', en: 'Crackle Teacup' },
    slug: { ko: '빙렬-찻잔', en: 'crackle-teacup' },
    summary: {
      ko: '가마에서 나온 뒤 이틀 동안 잔에서 작은 종소리가 납니다.',
      en: 'For two days out of the kiln, the glaze rings as it cracks.',
    },
    description: {
      ko: prose(
        '청자 유약은 흙보다 더 많이 줄어듭니다. 그래서 식는 동안 유약에 얼음 같은 금이 가는데, 그 소리가 맑아서 가마를 연 날은 다들 일을 멈추고 듣습니다.',
        '쓰다 보면 찻물이 금을 따라 천천히 스밉니다. 녹차만 마시는 잔과 홍차만 마시는 잔이 한 해 뒤에는 다른 잔이 됩니다. 깨진 것이 아니니 안심하고 쓰세요.',
        '130밀리리터. 두 손으로 감싸 쥐는 크기입니다.',
      ),
      en: prose(
        'Celadon glaze shrinks more than the clay beneath it, so it cracks as it cools, with a sound like distant bells. On the day we open the kiln, everyone stops working to listen.',
        'Tea slowly stains the lines. A cup that only meets green tea and one that only meets black are different cups after a year. Nothing is broken; that is the point of it.',
        'Holds 130 ml, sized for two hands.',
      ),
    },
    details: goods(
      pottery,
      { ko: '청자토, 무연 청자유', en: 'Celadon clay, lead-free celadon glaze' },
      { ko: '지름 7.8 × 높이 6.2 cm, 130 ml', en: '7.8 cm across, 6.2 cm tall, 130 ml' },
    ),
    category: 'cups',
    brandLine: { ko: '가마', en: 'From the Kiln' },
    options: [
      {
        name: { ko: '구성', en: 'Set' },
        values: [
          { ko: '한 점', en: 'Single' },
          { ko: '두 점 한 벌', en: 'Pair' },
        ],
      },
    ],
    variants: [variant('SG-CUP-0201', [0], 160, 19000, 1600, 34), variant('SG-CUP-0202', [1], 330, 36000, 3000, 18)],
    art: { shape: 'cup', body: '#9dbcab', accent: hue.porcelain, paper: 'celadon', pattern: 'crackle' },
    tags: ['tea', 'gift'],
    createdDaysAgo: 388,
    reviews: [
      ko(
        '서윤',
        5,
        12,
        '설명서에 종소리가 난다고 해서 웃었는데 정말 밤에 팅, 하고 한 번 울렸어요. 괜히 기분 좋았습니다.',
        '정말 소리가 나요',
      ),
      en('Mara', 5, 51, 'Six months in and the lines have gone the color of weak tea. It looks like mine now.'),
      ko(
        '정호',
        4,
        130,
        '부모님 선물로 두 벌 샀어요. 금 간 불량인 줄 아셔서 설명해 드려야 했습니다. 설명 카드를 크게 넣어 주세요.',
      ),
    ],
  },
  {
    handle: 'brushed-mug',
    name: { ko: '귀얄 머그', en: 'Brushed Mug' },
    slug: { ko: '귀얄-머그', en: 'brushed-mug' },
    summary: {
      ko: '풀비로 백토를 단번에 발라, 붓 자국이 그대로 남습니다.',
      en: 'White slip, one sweep of a straw brush, no second try.',
    },
    description: {
      ko: prose(
        '귀얄은 돼지털이나 풀을 묶은 넓적한 붓입니다. 짙은 흙 위에 백토를 묻혀 물레를 한 바퀴 돌리며 단숨에 바릅니다. 두 번 바르면 자국이 죽어서 한 번으로 끝냅니다.',
        '그래서 같은 무늬가 없습니다. 붓을 댄 자리와 뗀 자리가 어디인지 찾아보세요.',
        '한 달에 한 가마, 여든 점 남짓만 나옵니다.',
      ),
      en: prose(
        'A gwiyal is a wide brush of straw or bristle. We load it with white slip, turn the wheel once and sweep it across dark clay. Going over it twice kills the mark, so we never do.',
        'No two match. Look for the spot where the brush landed and the one where it lifted off.',
        'One kiln a month, eighty mugs or so.',
      ),
    },
    details: goods(
      pottery,
      { ko: '분청토, 백토 분장, 무연 투명유', en: 'Buncheong stoneware, white slip, lead-free clear glaze' },
      { ko: '지름 8.8 × 높이 8.4 cm, 300 ml', en: '8.8 cm across, 8.4 cm tall, 300 ml' },
    ),
    category: 'cups',
    brandLine: { ko: '가마', en: 'From the Kiln' },
    options: [],
    variants: [variant('SG-CUP-0301', [], 360, 32000, 2700, 3)],
    art: {
      shape: 'mug',
      body: '#6d6a62',
      accent: hue.porcelain,
      paper: 'bean',
      pattern: 'brush',
      stretch: [1.06, 0.9],
    },
    tags: ['limited', 'tea'],
    createdDaysAgo: 96,
    reviews: [
      ko('하람', 5, 9, '붓을 뗀 자리가 손잡이 옆에 있어요. 만든 분이 숨을 참았겠구나 싶습니다.'),
      en(
        'Theo',
        4,
        44,
        'Gorgeous, a touch heavy when full. The rim is slightly rough on one side, which I have grown to like.',
      ),
    ],
  },
  {
    handle: 'two-sip-cup',
    name: { ko: '두 모금 잔', en: 'Two-Sip Cup' },
    slug: { ko: '두-모금-잔', en: 'two-sip-cup' },
    summary: {
      ko: '에스프레소 한 잔, 소주 한 잔, 약 한 봉. 두 모금이면 끝나는 것들의 잔.',
      en: 'Espresso, soju, cough syrup: anything that is over in two sips.',
    },
    description: {
      ko: prose(
        '큰 잔 바닥에 조금 담긴 술은 쓸쓸해 보입니다. 그래서 70밀리리터짜리 작은 잔을 만들었습니다.',
        '바닥을 두껍게 남겨 작아도 잘 넘어지지 않고, 여섯 개까지 안정적으로 포개집니다. 작은 꽃 한 송이를 꽂아도 어울립니다.',
      ),
      en: prose(
        'A small drink at the bottom of a big cup looks lonely, so we made a 70 ml one.',
        'The base is left thick, which keeps it from tipping, and six will stack without wobbling. It also makes a good vase for exactly one flower.',
      ),
    },
    details: goods(
      pottery,
      { ko: '백자토, 무연 유약', en: 'Porcelain clay, lead-free glaze' },
      { ko: '지름 5.6 × 높이 5.4 cm, 70 ml', en: '5.6 cm across, 5.4 cm tall, 70 ml' },
    ),
    category: 'cups',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [colour(swatches.ink, swatches.porcelain, swatches.quince)],
    variants: [
      variant('SG-CUP-0401', [0], 120, 16000, 1400, 52),
      variant('SG-CUP-0402', [1], 120, 16000, 1400, 38),
      variant('SG-CUP-0403', [2], 120, 16000, 1400, 27),
    ],
    art: {
      shape: 'cup',
      body: hue.ink,
      accent: hue.quince,
      paper: 'persimmon',
      pattern: 'speckle',
      stretch: [0.86, 0.98],
    },
    tags: ['gift', 'under-20000'],
    createdDaysAgo: 210,
    reviews: [
      ko('민재', 5, 30, '집에서 한 잔만 하자고 샀는데 정말 한 잔만 하게 됩니다. 아내가 제일 좋아하는 지출이래요.'),
      ko('소율', 4, 75, '모과색이 제일 예뻐요. 먹색은 커피 자국이 안 보여서 좋은 건지 나쁜 건지 모르겠네요.'),
    ],
  },
  {
    handle: 'morning-water-glass',
    name: { ko: '아침 물컵', en: 'Morning Water Glass' },
    slug: { ko: '아침-물컵', en: 'morning-water-glass' },
    summary: {
      ko: '일어나서 처음 마시는 물 한 컵, 꼭 250밀리리터.',
      en: 'Exactly the glass of water you meant to drink when you woke up.',
    },
    description: {
      ko: prose(
        '가득 채우지 않고 표시 없이도 250밀리리터를 가늠할 수 있도록, 컵의 어깨가 꺾이는 자리를 그 높이에 두었습니다.',
        '입으로 불어 만든 유리라 바닥에 작은 공기 방울이 남아 있기도 합니다. 찬물을 담으면 그 자리가 먼저 빛납니다.',
        '뜨거운 물에는 쓰지 마세요. 깨진 컵은 한 번, 반값에 바꿔 드립니다.',
      ),
      en: prose(
        'There is no printed line. The wall bends where 250 ml ends, so you can tell without measuring.',
        'Mouth-blown, so you may find a tiny bubble in the base. It catches the light first when the water is cold.',
        'Not for hot drinks. If you break one, we replace it once at half price.',
      ),
    },
    details: goods(
      {
        maker: { ko: '살강살림 유리 공방 (경기 이천)', en: 'Salgang Glass, Icheon' },
        care: {
          ko: '내열 유리가 아닙니다. 뜨거운 물과 전자레인지, 식기세척기를 피해 손으로 씻습니다.',
          en: 'Not heat-resistant. Hand wash; no hot water, microwave or dishwasher.',
        },
      },
      { ko: '소다석회유리', en: 'Soda-lime glass' },
      { ko: '지름 7.2 × 높이 9.5 cm, 300 ml', en: '7.2 cm across, 9.5 cm tall, 300 ml' },
    ),
    category: 'cups',
    options: [
      colour({ ko: '맑음', en: 'Clear', swatch: '#dfe7e4' }, swatches.celadon, {
        ko: '연쪽',
        en: 'Pale Indigo',
        swatch: '#8ea7c0',
      }),
    ],
    variants: [
      variant('SG-CUP-0501', [0], 190, 14000, 1200, 80),
      variant('SG-CUP-0502', [1], 190, 15000, 1300, 41),
      variant('SG-CUP-0503', [2], 190, 15000, 1300, 2),
    ],
    art: { shape: 'glass', body: '#8ea7c0', accent: hue.porcelain, paper: 'quince' },
    tags: ['under-20000', 'new'],
    createdDaysAgo: 24,
    reviews: [
      ko('연두', 5, 6, '아침마다 물 한 컵, 한 달째 지키고 있어요. 컵 덕분이라고 해 두겠습니다.'),
      ko(
        '태은',
        2,
        15,
        '두 개 시켰는데 하나는 이가 나가서 왔어요. 바로 새로 보내 주셨지만 포장이 좀 더 단단했으면 합니다.',
        '포장 아쉬움',
      ),
    ],
  },
]
