import type { DemoPage } from '../types.ts'

/** Questions people ask. */
export const faq: DemoPage = {
  handle: 'faq',
  slug: { ko: '자주-묻는-질문', en: 'faq' },
  title: { ko: '자주 묻는 질문', en: 'Questions & Answers' },
  ko: [
    {
      heading: '그릇마다 색이 조금씩 다른데 불량인가요?',
      paragraphs: [
        '아닙니다. 가마 안의 자리에 따라 농담이 달라집니다. 두 점 이상 주문하시면 되도록 가까운 자리에서 나온 것끼리 골라 보냅니다.',
      ],
    },
    {
      heading: '빙렬 찻잔의 금은 깨진 건가요?',
      paragraphs: ['유약에만 간 금입니다. 물이 새지 않고, 쓰실수록 찻물이 스며 무늬가 됩니다.'],
    },
    {
      heading: '식기세척기와 전자레인지에 써도 되나요?',
      paragraphs: [
        '백자와 분청, 청자 그릇은 됩니다. 유리컵과 나무, 옻칠한 소반은 안 됩니다. 상품마다 취급 시 주의사항에 적어 두었습니다.',
      ],
    },
    {
      heading: '오늘 주문하면 언제 오나요?',
      paragraphs: [
        '영업일 오후 2시까지 결제하시면 그날 출발해 대부분 다음 날 닿습니다. 제주와 도서 산간은 이틀쯤 더 걸립니다.',
      ],
    },
    {
      heading: '품절된 물건은 다시 나오나요?',
      paragraphs: [
        '대부분 다음 가마, 다음 베틀에서 다시 나옵니다. 위시리스트에 담아 두고 가끔 들러 주세요. 첫물 녹차만은 이듬해 봄까지 기다리셔야 합니다.',
      ],
    },
    {
      heading: '선물 포장이 되나요?',
      paragraphs: [
        '배송 메모에 ‘선물’이라고 적어 주시면 한지와 무명 끈으로 묶어 드립니다. 전하실 말을 적어 주시면 손으로 옮겨 씁니다. 금액은 보이지 않습니다.',
      ],
    },
    {
      heading: '쿠폰과 할인을 함께 쓸 수 있나요?',
      paragraphs: ['네. 진행 중인 할인이 먼저 적용되고, 남은 금액에 쿠폰 한 장을 쓰실 수 있습니다.'],
    },
    {
      heading: '회원이 아니어도 주문할 수 있나요?',
      paragraphs: ['네. 주문 번호와 전자우편으로 언제든 배송을 확인하실 수 있습니다.'],
    },
    {
      heading: '주문한 뒤 주소를 바꿀 수 있나요?',
      paragraphs: ['출발하기 전이면 됩니다. 주문 번호를 가지고 전화하시거나 hello@example.com으로 알려 주세요.'],
    },
    {
      heading: '천에서 물이 빠지나요?',
      paragraphs: ['쪽과 팥처럼 짙은 색은 처음 한두 번 물이 빠질 수 있으니 따로 빨아 주세요.'],
    },
    {
      heading: '고쳐 쓰고 싶은데 어떻게 하나요?',
      paragraphs: [
        '누비, 나무, 매듭은 고쳐 드립니다. 사진을 hello@example.com으로 보내 주시면 비용과 날짜를 알려 드립니다. 깨진 그릇은 금으로 때우는 분을 소개해 드립니다.',
      ],
    },
    {
      heading: '직접 볼 수 있는 곳이 있나요?',
      paragraphs: [
        '이 상점은 데모라 매장이 없습니다. 물건도, 살강길도 지어낸 것입니다. 다만 이 상점을 움직이는 소프트웨어는 진짜입니다.',
      ],
    },
  ],
  en: [
    {
      heading: 'The colors differ from piece to piece. Is that a fault?',
      paragraphs: ['No. Tone depends on where in the kiln a piece stood. Order two or more and we pick neighbors.'],
    },
    {
      heading: 'Is the crackle in the teacup a crack?',
      paragraphs: ['Only in the glaze. It does not leak, and tea slowly draws the pattern in.'],
    },
    {
      heading: 'Dishwasher? Microwave?',
      paragraphs: [
        'Porcelain, celadon and buncheong: yes to both. Glass, wood and the lacquered table: no to both. Each product page says so under Care.',
      ],
    },
    {
      heading: 'When will it arrive?',
      paragraphs: [
        'Order by 2 pm on a weekday and it leaves the same day. Most of Korea has it the day after; abroad takes five to nine days.',
      ],
    },
    {
      heading: 'Will sold-out things come back?',
      paragraphs: [
        'Most come with the next kiln or the next warp. Keep them on your wish list and look in now and then. Only the first-flush tea has to wait for spring.',
      ],
    },
    {
      heading: 'Do you wrap presents?',
      paragraphs: [
        'Write “gift” in the delivery note and we use hanji and cotton cord. Add your message and we copy it out by hand. No prices inside.',
      ],
    },
    { heading: 'Can I combine a coupon with a sale?', paragraphs: ['Yes. The sale comes off first, then one coupon.'] },
    {
      heading: 'Do I need an account?',
      paragraphs: ['No. Your order number and email are enough to follow the parcel.'],
    },
    {
      heading: 'Can I change the address?',
      paragraphs: ['Until it leaves. Call us or write to hello@example.com with your order number.'],
    },
    {
      heading: 'Does the cloth run?',
      paragraphs: ['Deep colors such as indigo and red bean may, once or twice. Wash them alone at first.'],
    },
    {
      heading: 'Mine is worn out. Can you mend it?',
      paragraphs: [
        'Quilting, wood and knots: yes. Send a photograph to hello@example.com and we tell you the cost and the date. For broken pottery we can introduce you to someone who mends with gold.',
      ],
    },
    {
      heading: 'Is there a shop I can visit?',
      paragraphs: [
        'No. This is a demo: the goods and the street are invented. The software that runs the shop is real.',
      ],
    },
  ],
}

/** Who makes these things. */
export const about: DemoPage = {
  handle: 'about',
  slug: { ko: '살강-이야기', en: 'about' },
  title: { ko: '살강 이야기', en: 'About Salgang' },
  ko: [
    {
      heading: '살강이라는 선반',
      paragraphs: [
        '옛 부엌에는 대나무를 성글게 엮은 선반이 걸려 있었습니다. 씻은 그릇을 엎어 두면 물이 살 사이로 떨어졌습니다. 그 선반을 살강이라고 불렀습니다.',
        '날마다 쓰는 것만 살강에 남습니다. 우리는 그 선반을 기준으로 삼았습니다.',
      ],
    },
    {
      heading: '백 일',
      paragraphs: [
        '새 물건은 여섯 사람의 집으로 갑니다. 백 일 동안 씻고, 떨어뜨리고, 잊어버렸다가 다시 꺼냅니다. 백 일째 되는 날 돌려 달라고 합니다. 넷이 싫다고 하면 팝니다.',
        '떨어진 것도 많습니다. 뚜껑이 예쁘지만 뜨거웠던 냄비, 향은 좋았지만 머리가 아팠던 초, 아무도 다시 꺼내지 않은 커피 도구. 사무실 한쪽에 그것들을 모아 둔 선반이 있습니다. 우리는 그 선반에서 더 많이 배웁니다.',
      ],
    },
    {
      heading: '여섯 공방',
      paragraphs: [
        '여주의 흙, 공주의 천, 원주의 나무, 전주의 종이, 구례의 차와 향, 그리고 서울 성북의 바느질방. 모두 서른한 사람이 일합니다.',
        '상자마다 만든 사람의 이름을 적습니다. 잘된 것도 잘못된 것도 이름이 있어야 나아집니다.',
      ],
    },
    {
      heading: '남은 것으로',
      paragraphs: [
        '그릇을 빚고 남은 흙은 종지가 되고, 앞치마를 마르고 남은 천은 보자기가 되고, 공책을 자르고 남은 종이는 메모지가 됩니다. 버리지 않으려던 것이 제일 사랑받는 물건이 되었습니다.',
      ],
    },
  ],
  en: [
    {
      heading: 'The shelf',
      paragraphs: [
        'On the wall of an old Korean kitchen hung a shelf of bamboo slats. You turned the washed bowls over on it, and the water dripped through. It was called a salgang.',
        'Only what was used every day stayed there. We took the shelf as our standard.',
      ],
    },
    {
      heading: 'A hundred days',
      paragraphs: [
        'Every new thing goes home with six of us. For a hundred days it is washed, dropped, forgotten and taken out again. Then we ask for it back. If four people refuse, it goes on sale.',
        'Many have failed: the pot with a beautiful lid that burned your fingers, the candle that smelled lovely and gave everyone a headache, the coffee gadget nobody reached for twice. They have a shelf of their own in the office. We learn more from that one.',
      ],
    },
    {
      heading: 'Six workshops',
      paragraphs: [
        'Clay in Yeoju, cloth in Gongju, wood in Wonju, paper in Jeonju, tea and scent in Gurye, and a sewing room in Seongbuk, Seoul. Thirty-one people in all.',
        'Each box carries the name of the person who made what is inside. Good work and bad work both improve when they are signed.',
      ],
    },
    {
      heading: 'From what is left',
      paragraphs: [
        'Clay left from bowls becomes soy dishes. Linen left from aprons becomes wrapping cloths. Paper left from notebooks becomes memo blocks. We only meant not to waste them; they turned out to be what people love most.',
      ],
    },
  ],
}
