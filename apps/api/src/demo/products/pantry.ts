import { hue } from '../colours.ts'
import { en, food, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { pantryKitchen } from '../workshops.ts'

const dry = { ko: '직사광선을 피해 서늘하고 건조한 곳에 보관', en: 'Keep cool, dry and out of direct sun' }
const chilled = { ko: '개봉 뒤 냉장 보관, 마른 숟가락 사용', en: 'Refrigerate after opening; use a dry spoon' }
const months = (n: number) => ({
  ko: `제조일로부터 ${n}개월 (받는 날 기준 절반 이상 남은 것만 보냅니다)`,
  en: `${n} months from production; we only ship what has at least half left`,
})

/** Tea and pantry. */
export const pantry: readonly DemoProduct[] = [
  {
    handle: 'first-flush-green',
    name: { ko: '하동 첫물 녹차', en: 'Hadong First-Flush Green Tea' },
    slug: { ko: '하동-첫물-녹차', en: 'hadong-first-flush-green-tea' },
    summary: {
      ko: '곡우 무렵 열흘, 손으로 딴 어린잎을 솥에 덖었습니다.',
      en: 'Ten days in April, picked by hand, fired in an iron pot.',
    },
    description: {
      ko: prose(
        '지리산 자락 바위틈에서 자란 차나무의 첫 잎입니다. 무쇠솥에 아홉 번 덖고 비비는 동안 풋내가 가시고 구수한 맛이 올라옵니다.',
        '70도로 식힌 물에 1분. 두 번째 우림이 가장 답니다.',
        '한 해 딴 것은 그해에만 팝니다. 떨어지면 다음 봄까지 기다려 주세요.',
      ),
      en: prose(
        'The first leaves from wild-grown bushes among the rocks below Mount Jiri, fired and rolled nine times in an iron pot until the grassiness turns nutty.',
        'Let the water cool to 70°C and steep one minute. The second steeping is the sweet one.',
        'We sell each spring’s tea that year only. When it is gone, it is gone until April.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '침출차', en: 'Tea for infusion' },
      { ko: '40 g', en: '40 g' },
      { ko: '녹차 100% (경남 하동)', en: '100% green tea (Hadong, Korea)' },
      months(24),
      dry,
    ),
    category: 'pantry',
    brandLine: { ko: '올해', en: 'This Year’s' },
    options: [],
    variants: [variant('SG-PAN-0101', [], 140, 34000, 2900, 4)],
    art: { shape: 'tin', body: hue.pine, accent: hue.quince, paper: 'mugwort', pattern: 'petal' },
    tags: ['tea', 'limited', 'gift'],
    createdDaysAgo: 58,
    reviews: [
      ko('차경', 5, 13, '두 번째 우림이 답다는 말, 사실입니다. 세 번째도 나쁘지 않아요.'),
      en('Daniel', 5, 25, 'Nutty rather than grassy. I finished the tin in two weeks and regret the pace.'),
    ],
  },
  {
    handle: 'roasted-barley-tea',
    name: { ko: '까맣게 볶은 보리차', en: 'Dark Roast Barley Tea' },
    slug: { ko: '까맣게-볶은-보리차', en: 'dark-roast-barley-tea' },
    summary: {
      ko: '커피를 끊은 직원이 만든, 커피만큼 진한 보리차.',
      en: 'As dark as coffee, by a colleague who quit coffee.',
    },
    description: {
      ko: prose(
        '커피를 끊고 사흘째 되던 날, 동료가 보리를 두 배로 볶았습니다. 탄 맛과 구수한 맛의 경계에서 멈추는 데 석 달이 걸렸습니다.',
        '끓여도 좋고 찬물에 밤새 담가도 좋습니다. 카페인이 없어 아이와 함께 마십니다.',
      ),
      en: prose(
        'On the third day without coffee, a colleague roasted the barley twice as long. Finding the line between toasted and burnt took another three months.',
        'Boil it, or leave it overnight in cold water. No caffeine, so children are invited.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '침출차', en: 'Tea for infusion' },
      { ko: '300 g', en: '300 g' },
      { ko: '겉보리 100% (전남 해남)', en: '100% barley (Haenam, Korea)' },
      months(12),
      dry,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0201', [], 330, 9000, 800, 118)],
    art: { shape: 'pouch', body: hue.clay, accent: hue.clay, paper: 'hanji' },
    tags: ['tea', 'under-20000', 'best'],
    createdDaysAgo: 330,
    reviews: [
      ko('슬기', 5, 17, '임신하고 커피 대신 마십니다. 얼음 넣으면 눈 감고는 모르겠어요.'),
      ko('기훈', 3, 68, '저한테는 좀 씁니다. 물을 두 배로 잡으니 괜찮네요.'),
    ],
  },
  {
    handle: 'buckwheat-tea',
    name: { ko: '봉평 메밀차', en: 'Bongpyeong Buckwheat Tea' },
    slug: { ko: '봉평-메밀차', en: 'bongpyeong-buckwheat-tea' },
    summary: { ko: '우린 뒤 남은 메밀은 밥에 넣어 드세요.', en: 'Drink the tea, then cook the grain with your rice.' },
    description: {
      ko: prose(
        '껍질을 벗긴 메밀을 쪄서 말리고 약한 불에 볶았습니다. 팝콘과 누룽지 사이의 향이 납니다.',
        '세 번까지 우리고, 남은 알은 씹어 먹거나 밥에 넣습니다. 버릴 것이 없습니다.',
      ),
      en: prose(
        'Hulled buckwheat, steamed, dried and slowly roasted. It smells of somewhere between popcorn and toasted rice.',
        'Steep it three times, then eat the grains or cook them into rice. Nothing is left over.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '침출차', en: 'Tea for infusion' },
      { ko: '150 g', en: '150 g' },
      { ko: '메밀 100% (강원 평창). 메밀 함유', en: '100% buckwheat (Pyeongchang, Korea). Contains buckwheat' },
      months(12),
      dry,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0301', [], 240, 14000, 1200, 0)],
    art: { shape: 'tin', body: hue.bean, accent: hue.hanji, paper: 'bean', pattern: 'dots', stretch: [0.92, 1.06] },
    tags: ['tea', 'under-20000'],
    createdDaysAgo: 220,
    reviews: [en('Yuki', 5, 31, 'The smell alone. I steep it and then eat the tea, which my flatmates find odd.')],
  },
  {
    handle: 'yuja-preserve',
    name: { ko: '고흥 유자청', en: 'Goheung Yuja Preserve' },
    slug: { ko: '고흥-유자청', en: 'goheung-yuja-preserve' },
    summary: { ko: '설탕은 덜고 껍질은 굵게. 씹히는 유자청.', en: 'Less sugar, thicker peel, something to chew.' },
    description: {
      ko: prose(
        '유자 무게의 칠 할만 설탕을 넣고, 껍질을 성냥개비 굵기로 썰었습니다. 덜 단 만큼 오래 두지 못하니 냉장고에 넣어 주세요.',
        '뜨거운 물에 두 숟갈, 탄산수에 두 숟갈, 요구르트에 한 숟갈, 식빵에는 양껏.',
      ),
      en: prose(
        'Seven parts sugar to ten of fruit, and peel cut as thick as matchsticks. Being less sweet it keeps less long, so find it room in the fridge.',
        'Two spoons in hot water, two in soda, one in yogurt. On toast, use your judgment.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '당절임', en: 'Fruit preserved in sugar' },
      { ko: '450 g', en: '450 g' },
      { ko: '유자 58% (전남 고흥), 설탕, 꿀', en: 'Yuja 58% (Goheung, Korea), sugar, honey' },
      months(9),
      chilled,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0401', [], 780, 18000, 1500, 57)],
    art: { shape: 'jar', body: hue.quince, accent: hue.persimmon, paper: 'celadon', pattern: 'petal' },
    tags: ['best', 'gift', 'under-20000'],
    createdDaysAgo: 270,
    reviews: [
      ko('아라', 5, 4, '껍질이 씹혀요. 목 아플 때마다 한 병씩 비웁니다.', '겨울 필수'),
      ko('동주', 4, 36, '맛은 최고인데 뚜껑 천이 배송 중에 유자청에 살짝 젖어 왔어요. 맛에는 지장 없음.'),
      en('Maggie', 5, 57, 'Marmalade people: you have been settling.'),
    ],
  },
  {
    handle: 'acacia-honey',
    name: { ko: '오월 아카시아꿀', en: 'May Acacia Honey' },
    slug: { ko: '오월-아카시아꿀', en: 'may-acacia-honey' },
    summary: { ko: '오월 보름 동안만 뜬, 농축하지 않은 꿀.', en: 'Taken over two weeks in May, never heated down.' },
    description: {
      ko: prose(
        '벌이 스스로 물기를 날릴 때까지 기다렸다 뜹니다. 벌통 하나에서 한 번만 뜨기 때문에 양이 많지 않습니다.',
        '맑고 향이 가벼워 차에 넣어도 차 맛을 덮지 않습니다. 돌 전 아기에게는 먹이지 마세요.',
      ),
      en: prose(
        'We wait until the bees have dried it themselves, and take each hive once. There is never very much.',
        'Clear and light, it sweetens tea without talking over it. Not for babies under one.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '벌꿀', en: 'Honey' },
      { ko: '250 g 또는 600 g', en: '250 g or 600 g' },
      { ko: '아카시아꿀 100% (충북 제천)', en: '100% acacia honey (Jecheon, Korea)' },
      months(24),
      dry,
    ),
    category: 'pantry',
    options: [size({ ko: '250 g', en: '250 g' }, { ko: '600 g', en: '600 g' })],
    variants: [variant('SG-PAN-0501', [0], 420, 16000, 1400, 45), variant('SG-PAN-0502', [1], 890, 32000, 2700, 0)],
    art: { shape: 'jar', body: '#d99a35', accent: hue.porcelain, paper: 'indigo' },
    tags: ['gift'],
    createdDaysAgo: 165,
    reviews: [
      ko('누리', 5, 22, '겨울에도 안 굳어요. 설명을 읽어 보니 아카시아꿀은 원래 그렇대요.'),
      ko('창섭', 4, 79, '600그램은 늘 품절이네요. 250을 세 개 샀습니다.'),
    ],
  },
  {
    handle: 'perilla-oil',
    name: { ko: '낮은불 들기름', en: 'Slow-Pressed Perilla Oil' },
    slug: { ko: '낮은불-들기름', en: 'slow-pressed-perilla-oil' },
    summary: {
      ko: '볶는 온도를 낮춰, 탄내 대신 풀 향이 나는 들기름.',
      en: 'Roasted low, so it tastes of leaf instead of smoke.',
    },
    description: {
      ko: prose(
        '높은 불에 볶으면 기름이 많이 나오지만 쓴맛이 함께 나옵니다. 120도에서 천천히 볶아 한 번만 짭니다.',
        '주문을 모아 화요일마다 짭니다. 막국수, 두부, 달걀밥에 불을 끄고 마지막에 두르세요.',
      ),
      en: prose(
        'High heat gives more oil and more bitterness. We roast at 120°C and press once.',
        'Pressed every Tuesday to order. Add it last, off the heat: noodles, tofu, an egg on rice.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '들기름', en: 'Perilla oil' },
      { ko: '180 ml', en: '180 ml' },
      { ko: '들깨 100% (충남 예산)', en: '100% perilla seed (Yesan, Korea)' },
      months(6),
      { ko: '냉장 보관, 개봉 뒤 두 달 안에 드세요', en: 'Keep refrigerated; use within two months of opening' },
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0601', [], 420, 24000, 2000, 38)],
    art: { shape: 'bottle', body: '#5d6a3a', accent: hue.quince, paper: 'porcelain' },
    tags: ['kitchen'],
    createdDaysAgo: 128,
    reviews: [
      ko('솔', 5, 20, '화요일에 짠 걸 목요일에 받았습니다. 들기름 막국수 사 먹을 일이 없어졌어요.', '화요일의 기름'),
      ko('정란', 2, 49, '고소한 시판 들기름에 익숙해서인지 밍밍했어요. 취향을 탑니다.'),
    ],
  },
  {
    handle: 'clay-pan-salt',
    name: { ko: '토판 소금', en: 'Clay-Pan Sea Salt' },
    slug: { ko: '토판-소금', en: 'clay-pan-sea-salt' },
    summary: { ko: '갯벌 바닥에서 거둬 삼 년 간수를 뺀 소금.', en: 'Raked from clay, then rested for three years.' },
    description: {
      ko: prose(
        '장판을 깔지 않은 갯벌에서 거둔 소금은 회색이 돌고 끝맛이 답니다. 삼 년 동안 항아리에 두어 간수를 뺐습니다.',
        '무명 자루에 담아 보냅니다. 다 쓴 자루는 다시마 보관에 알맞습니다.',
      ),
      en: prose(
        'Salt raked straight off the mudflat, without a plastic liner, comes out faintly gray and sweet at the end. Three years in jars lets the bitterness drain away.',
        'It arrives in a cotton sack that later does well for dried kelp.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '천일염', en: 'Sea salt' },
      { ko: '500 g', en: '500 g' },
      { ko: '천일염 100% (전남 신안)', en: '100% sea salt (Sinan, Korea)' },
      { ko: '해당 없음', en: 'Does not expire' },
      dry,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0701', [], 540, 12000, 1000, 84)],
    art: { shape: 'sack', body: hue.porcelain, accent: hue.indigo, paper: 'indigo', pattern: 'grid' },
    tags: ['kitchen', 'under-20000'],
    createdDaysAgo: 290,
    reviews: [en('Marco', 5, 43, 'On a tomato. Nothing else needed.')],
  },
  {
    handle: 'yakgwa-box',
    name: { ko: '약과 여섯 닢', en: 'Six Yakgwa' },
    slug: { ko: '약과-여섯-닢', en: 'six-yakgwa' },
    summary: {
      ko: '생강을 넉넉히 넣고 조청에 하룻밤 재운 꽃 약과.',
      en: 'Flower-shaped honey cookies, soaked overnight, heavy on the ginger.',
    },
    description: {
      ko: prose(
        '밀가루에 참기름을 먹여 낮은 기름에서 두 번 튀기고, 생강 조청에 하룻밤 담가 둡니다. 겉은 쫀득하고 속은 켜켜이 부서집니다.',
        '금요일에 만들어 월요일에 보냅니다. 사흘째가 가장 맛있습니다.',
      ),
      en: prose(
        'Dough rubbed with sesame oil, fried twice at a low heat and left overnight in ginger syrup. Chewy outside, flaky within.',
        'Made on Fridays, sent on Mondays. Best on the third day.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '유과', en: 'Traditional confection' },
      { ko: '240 g (40 g × 6)', en: '240 g (6 × 40 g)' },
      {
        ko: '밀가루(국산), 조청, 꿀, 참기름, 생강. 밀 함유',
        en: 'Korean wheat flour, rice syrup, honey, sesame oil, ginger. Contains wheat and sesame',
      },
      { ko: '제조일로부터 21일', en: '21 days from production' },
      dry,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0801', [], 380, 16000, 1400, 0)],
    art: { shape: 'giftBox', body: hue.celadon, accent: hue.bean, paper: 'persimmon', pattern: 'check' },
    tags: ['gift', 'under-20000', 'limited'],
    createdDaysAgo: 75,
    reviews: [
      ko('연우', 5, 11, '사흘째까지 참으라고 해서 하나만 남겼습니다. 참길 잘했고 하나인 게 아쉽습니다.'),
      ko('미정', 3, 28, '맛있지만 생강이 꽤 셉니다. 아이는 못 먹었어요.'),
    ],
  },
  {
    handle: 'dried-somyeon',
    name: { ko: '바람에 말린 소면', en: 'Wind-Dried Somyeon' },
    slug: { ko: '바람에-말린-소면', en: 'wind-dried-somyeon' },
    summary: { ko: '해풍에 사흘, 건조기 없이 말린 가는 국수.', en: 'Fine noodles, three days in the sea wind.' },
    description: {
      ko: prose(
        '국산 밀과 물과 소금뿐입니다. 볕과 바람에 천천히 마른 면은 삶아도 쉽게 붇지 않습니다.',
        '한 묶음이 2인분. 끓는 물에 3분, 찬물에 세게 비벼 씻는 것이 비결입니다.',
      ),
      en: prose(
        'Korean wheat, water and salt. Dried slowly outdoors, the noodles stay firm longer in the bowl.',
        'One bundle serves two. Boil three minutes, then rub them hard under cold water. That is the whole secret.',
      ),
    },
    details: food(
      pantryKitchen,
      { ko: '건면', en: 'Dried noodles' },
      { ko: '200 g', en: '200 g' },
      { ko: '밀가루 97% (국산), 천일염. 밀 함유', en: 'Korean wheat flour 97%, sea salt. Contains wheat' },
      months(12),
      dry,
    ),
    category: 'pantry',
    options: [],
    variants: [variant('SG-PAN-0901', [], 220, 7000, 600, 150)],
    art: { shape: 'noodles', body: '#f0e3c2', accent: hue.persimmon, paper: 'quince' },
    tags: ['kitchen', 'under-20000', 'new'],
    createdDaysAgo: 19,
    reviews: [ko('보름', 4, 6, '탄력이 좋아요. 국물에 오래 두어도 살아 있습니다.')],
  },
]
