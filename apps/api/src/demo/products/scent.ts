import { hue } from '../colours.ts'
import { bath, en, goods, ko, prose, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { pottery, scentRoom, woodshop } from '../workshops.ts'

const { maker, care } = scentRoom
const skin = {
  ko: '눈에 들어가지 않게 하고, 피부에 이상이 생기면 사용을 멈추세요.',
  en: 'Avoid contact with eyes. Stop using it if your skin reacts.',
}
const scents = (...values: readonly { ko: string; en: string; swatch?: `#${string}` }[]) => ({
  name: { ko: '향', en: 'Scent' },
  values,
})

/** Scent and bath. */
export const scent: readonly DemoProduct[] = [
  {
    handle: 'cold-process-soap',
    name: { ko: '백 일 비누', en: 'Hundred-Day Soap' },
    slug: { ko: '백-일-비누', en: 'hundred-day-soap' },
    summary: { ko: '백 일을 말려 무르지 않는 저온 비누.', en: 'Cured a hundred days, so it does not go to mush.' },
    description: {
      ko: prose(
        '저온법으로 만든 비누는 오래 말릴수록 단단해집니다. 보통 한 달이면 팔지만 우리는 백 일을 채웁니다. 그 대신 두 배 오래 씁니다.',
        '쑥은 순하고, 팥은 알갱이가 있고, 숯은 개운합니다.',
      ),
      en: prose(
        'Cold-process soap hardens as it dries. Most is sold after a month; we wait a hundred days, and it lasts about twice as long.',
        'Mugwort is the gentle one, red bean has grain to it, charcoal is brisk.',
      ),
    },
    details: bath(
      maker,
      { ko: '100 g', en: '100 g' },
      {
        ko: '올리브유, 코코넛유, 정제수, 쑥·팥·숯 가루',
        en: 'Olive oil, coconut oil, water, and mugwort, red bean or charcoal powder',
      },
      { ko: '제조일로부터 24개월', en: '24 months from production' },
      skin,
    ),
    category: 'scent',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [
      scents(
        { ko: '쑥', en: 'Mugwort', swatch: '#8f9a66' },
        { ko: '팥', en: 'Red Bean', swatch: '#9a5a52' },
        { ko: '숯', en: 'Charcoal', swatch: '#3b3d40' },
      ),
    ],
    variants: [
      variant('SG-SCN-0101', [0], 110, 9500, 800, 92),
      variant('SG-SCN-0102', [1], 110, 9500, 800, 77),
      variant('SG-SCN-0103', [2], 110, 9500, 800, 0),
    ],
    art: { shape: 'soap', body: '#8f9a66', accent: hue.hanji, paper: 'hanji', pattern: 'speckle' },
    tags: ['best', 'under-20000', 'bath'],
    createdDaysAgo: 345,
    reviews: [
      ko('선우', 5, 10, '두 달째 쓰는데 아직 각이 살아 있습니다.'),
      ko('가을', 3, 46, '쑥 향을 기대했는데 거의 안 나요. 세정력은 좋습니다.'),
      en('Beth', 5, 82, 'Red bean, then nothing else for my face. Cured a problem two expensive bottles did not.'),
    ],
  },
  {
    handle: 'beeswax-candle',
    name: { ko: '밀랍초 한 종지', en: 'Beeswax Candle in a Bowl' },
    slug: { ko: '밀랍초-한-종지', en: 'beeswax-candle-in-a-bowl' },
    summary: { ko: '향료 없이도 꿀 냄새가 나는 초.', en: 'No fragrance added. It smells of honey by itself.' },
    description: {
      ko: prose(
        '벌집을 녹여 거른 밀랍만으로 만들었습니다. 불을 켜면 꿀 냄새가 아주 옅게 납니다. 진하지 않아서 밥상에 켜도 됩니다.',
        '서른 시간쯤 탑니다. 다 탄 뒤 남은 백자 종지는 부엌에서 쓰세요.',
      ),
      en: prose(
        'Filtered beeswax and a cotton wick, nothing more. The honey scent is faint enough for the dinner table.',
        'It burns about thirty hours. Afterwards, the porcelain bowl belongs in the kitchen.',
      ),
    },
    details: goods(
      { maker, care },
      { ko: '밀랍 100%, 면 심지, 백자', en: '100% beeswax, cotton wick, porcelain' },
      { ko: '지름 9 × 높이 11 cm, 220 g', en: '9 cm across, 11 cm tall, 220 g' },
    ),
    category: 'scent',
    options: [],
    variants: [variant('SG-SCN-0201', [], 520, 26000, 2200, 34)],
    art: { shape: 'candle', body: hue.quince, accent: hue.porcelain, paper: 'ink', pattern: 'crackle' },
    tags: ['gift', 'best'],
    createdDaysAgo: 250,
    reviews: [
      ko('은호', 5, 35, '정전 때 켰다가 불이 들어와도 끄지 않았습니다.'),
      en('Agnes', 4, 69, 'Subtle, which I wanted. If you want perfume, look elsewhere.'),
    ],
  },
  {
    handle: 'pebble-incense-holder',
    name: { ko: '조약돌 향꽂이', en: 'Pebble Incense Holder' },
    slug: { ko: '조약돌-향꽂이', en: 'pebble-incense-holder' },
    summary: { ko: '재가 떨어지는 자리까지 계산한 돌 하나.', en: 'One pebble, shaped around where the ash will fall.' },
    description: {
      ko: prose(
        '향이 타며 기우는 각도를 재어, 재가 등에 떨어지도록 구멍을 비스듬히 냈습니다. 닦는 것은 손가락 한 번이면 됩니다.',
        '강가 돌을 보고 빚었지만 돌보다 가볍습니다.',
      ),
      en: prose(
        'We measured the angle at which a stick leans as it burns and drilled the hole to match, so the ash lands on the pebble’s back. One wipe and it is gone.',
        'Modeled on river stones, lighter than any of them.',
      ),
    },
    details: goods(
      pottery,
      { ko: '청자토, 무광유', en: 'Celadon clay, matte glaze' },
      { ko: '14 × 7 × 4 cm', en: '14 × 7 × 4 cm' },
    ),
    category: 'scent',
    brandLine: { ko: '가마', en: 'From the Kiln' },
    options: [],
    variants: [variant('SG-SCN-0301', [], 260, 36000, 3000, 15)],
    art: { shape: 'incense', body: hue.celadon, accent: hue.persimmon, paper: 'bean', pattern: 'speckle' },
    tags: ['gift', 'new'],
    createdDaysAgo: 40,
    reviews: [ko('서하', 4, 12, '재가 정말 등에 떨어집니다. 선풍기 켜면 아니지만요.')],
  },
  {
    handle: 'after-rain-incense',
    name: { ko: '비 온 뒤 선향', en: 'After-Rain Incense' },
    slug: { ko: '비-온-뒤-선향', en: 'after-rain-incense' },
    summary: {
      ko: '젖은 흙, 솔잎, 마루. 한 대에 이십오 분.',
      en: 'Wet earth, pine needles, an old floor. Twenty-five minutes.',
    },
    description: {
      ko: prose(
        '여름 소나기가 지나간 마당을 맡으며 만들었습니다. 잣나무와 향나무 가루를 느릅나무 껍질로 반죽해 그늘에서 열흘 말립니다.',
        '젖은 흙은 비 갠 마당, 솔잎은 뒷산, 마루는 걸레질한 오후의 냄새입니다.',
      ),
      en: prose(
        'Blended while smelling a courtyard after a summer shower. Pine and juniper powder, kneaded with elm bark, dried ten days in the shade.',
        'Earth is the yard, Pine the hill behind the house, Floor a wooden porch just wiped down.',
      ),
    },
    details: goods(
      { maker, care },
      { ko: '향나무·잣나무 가루, 느릅나무 껍질', en: 'Juniper, pine, elm bark' },
      { ko: '길이 14 cm, 40개비', en: '14 cm sticks, 40 to a box' },
    ),
    category: 'scent',
    options: [
      scents(
        { ko: '젖은 흙', en: 'Earth', swatch: hue.clay },
        { ko: '솔잎', en: 'Pine', swatch: hue.pine },
        { ko: '마루', en: 'Floor', swatch: hue.oak },
      ),
    ],
    variants: [
      variant('SG-SCN-0401', [0], 70, 18000, 1500, 60),
      variant('SG-SCN-0402', [1], 70, 18000, 1500, 43),
      variant('SG-SCN-0403', [2], 70, 18000, 1500, 1),
    ],
    art: { shape: 'incenseBox', body: hue.clay, accent: hue.ink, paper: 'mugwort', pattern: 'wave' },
    tags: ['best', 'under-20000'],
    createdDaysAgo: 215,
    reviews: [
      ko('윤슬', 5, 20, '마루 향은 정말 할머니 댁 대청입니다. 어떻게 한 거죠?', '할머니 댁'),
      ko('재인', 2, 60, '연기가 생각보다 많아요. 원룸에서는 창을 열어야 합니다.', '원룸엔 글쎄요'),
      en('Hugo', 5, 78, 'Smells like the hour after a storm. Every time.'),
    ],
  },
  {
    handle: 'quince-room-scent',
    name: { ko: '모과 하나', en: 'One Quince' },
    slug: { ko: '모과-하나', en: 'one-quince' },
    summary: { ko: '가을 방구석에 놓인 모과 한 알의 향.', en: 'The scent of a single quince in the corner of a room.' },
    description: {
      ko: prose(
        '모과는 못생겨서 먹지 않고 향으로 두는 과일입니다. 그 노란 향에 나무 냄새를 조금 섞었습니다. 갈대 네 개면 작은 방, 여섯 개면 거실에 알맞습니다.',
        '석 달쯤 갑니다. 빈 병은 보내 주시면 반값에 채워 드립니다.',
      ),
      en: prose(
        'Quinces are too hard to eat, so Koreans keep one in a room for the smell. This is that yellow scent with a little wood behind it. Four reeds for a small room, six for a large one.',
        'Lasts about three months. Send the bottle back and we refill it at half price.',
      ),
    },
    details: bath(
      maker,
      { ko: '180 ml', en: '180 ml' },
      { ko: '식물성 에탄올, 향료(모과·편백)', en: 'Plant ethanol, fragrance (quince, hinoki)' },
      { ko: '개봉 뒤 6개월', en: '6 months after opening' },
      care,
    ),
    category: 'scent',
    options: [],
    variants: [variant('SG-SCN-0501', [], 520, 42000, 3500, 0)],
    art: { shape: 'diffuser', body: '#5b7f73', accent: hue.quince, paper: 'quince' },
    tags: ['gift', 'best'],
    createdDaysAgo: 235,
    reviews: [
      ko('진아', 5, 30, '방에 들어올 때마다 누가 과일 깎아 둔 줄 압니다. 재입고 언제인가요.'),
      en('Rosa', 4, 58, 'Lovely, lighter after six weeks than the three months promised.'),
    ],
  },
  {
    handle: 'bath-salt',
    name: { ko: '쑥 목욕 소금', en: 'Mugwort Bath Salt' },
    slug: { ko: '쑥-목욕-소금', en: 'mugwort-bath-salt' },
    summary: { ko: '욕조가 없어도 대야 하나면 됩니다.', en: 'No tub? A basin for your feet will do.' },
    description: {
      ko: prose(
        '강화 약쑥을 찌고 말려 토판 소금과 켜켜이 재웠습니다. 대야에 두 숟갈, 욕조에는 여섯 숟갈.',
        '물이 찻물처럼 연둣빛이 됩니다. 욕조에 색이 남지 않습니다.',
      ),
      en: prose(
        'Steamed and dried mugwort from Ganghwa Island, layered with our clay-pan salt. Two spoons for a basin, six for a tub.',
        'The water turns the green of weak tea and leaves no stain.',
      ),
    },
    details: bath(
      maker,
      { ko: '400 g', en: '400 g' },
      { ko: '천일염, 쑥잎, 쑥잎 오일', en: 'Sea salt, mugwort leaf, mugwort oil' },
      { ko: '제조일로부터 18개월', en: '18 months from production' },
      skin,
    ),
    category: 'scent',
    options: [],
    variants: [variant('SG-SCN-0601', [], 620, 22000, 1900, 27)],
    art: { shape: 'jar', body: hue.mugwort, accent: hue.hanji, paper: 'porcelain', pattern: 'speckle' },
    tags: ['bath', 'gift'],
    createdDaysAgo: 105,
    reviews: [ko('말희', 5, 16, '족욕하고 열 시에 잠들었습니다. 칠십 평생 처음이에요.')],
  },
  {
    handle: 'camellia-body-brush',
    name: { ko: '등솔', en: 'Back Brush' },
    slug: { ko: '등솔', en: 'back-brush' },
    summary: { ko: '혼자서도 등 한가운데까지 닿는 길이.', en: 'Long enough to reach the middle of your own back.' },
    description: {
      ko: prose(
        '여섯 사람의 팔 길이를 재어 손잡이를 41센티로 정했습니다. 키가 150이든 190이든 등 한가운데에 닿습니다.',
        '말총을 심고 동백기름을 먹였습니다. 마른 몸에 쓸어도, 젖은 몸에 써도 됩니다.',
      ),
      en: prose(
        'We measured six people’s arms and settled on 41 centimeters. Whether you are 150 or 190 tall, it reaches.',
        'Horsehair bristles, camellia-oiled beech. Use it dry or wet.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '너도밤나무, 말총', en: 'Beech, horsehair' },
      { ko: '길이 41 × 폭 9 cm', en: '41 cm long, 9 cm wide' },
    ),
    category: 'scent',
    options: [],
    variants: [variant('SG-SCN-0701', [], 210, 28000, 2400, 20)],
    art: { shape: 'brush', body: hue.oak, accent: '#e6d3ad', paper: 'celadon', pattern: 'grain' },
    tags: ['bath'],
    createdDaysAgo: 160,
    reviews: [
      en('Ivan', 4, 44, 'It reaches. It is also a bit scratchy for the first week.'),
      ko('도담', 5, 87, '팔이 짧은 저도 닿습니다!'),
    ],
  },
]
