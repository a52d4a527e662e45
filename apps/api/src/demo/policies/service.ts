import type { DemoPage } from '../types.ts'

/** How orders travel. */
export const shipping: DemoPage = {
  handle: 'shipping',
  slug: { ko: '배송-안내', en: 'shipping' },
  title: { ko: '배송 안내', en: 'Shipping' },
  ko: [
    {
      heading: '언제 출발하나요',
      paragraphs: [
        '영업일 오후 2시까지 결제된 주문은 그날 보냅니다. 그 뒤의 주문은 다음 영업일에 보냅니다. 보통 출발한 다음 날, 늦어도 이틀 안에 닿습니다.',
        '들기름은 화요일, 약과는 월요일에만 보냅니다. 다른 물건과 함께 주문하시면 먼저 준비되는 것부터 나누어 보내고 배송비는 한 번만 받습니다.',
      ],
    },
    {
      heading: '배송비',
      paragraphs: [
        '국내 배송비는 3,000원이고, 할인을 뺀 상품 금액이 5만 원 이상이면 무료입니다.',
        '제주와 도서 산간은 3,000원이 더해집니다. 주소를 적으시면 결제 전에 알려 드립니다.',
      ],
    },
    {
      heading: '어떻게 포장하나요',
      paragraphs: [
        '그릇은 신문용지와 한지로 두 겹 감싸고 골판지 칸막이에 세웁니다. 비닐과 스티로폼은 쓰지 않습니다.',
        '배송 메모에 ‘선물’이라고 적어 주시면 한지와 무명 끈으로 묶어 보냅니다. 금액이 적힌 종이는 넣지 않습니다.',
      ],
    },
    {
      heading: '깨져서 왔다면',
      paragraphs: ['상자와 물건을 그대로 두고 사진 한 장만 보내 주세요. 돌려보내실 필요 없이 그날 새것을 보냅니다.'],
    },
    {
      heading: '해외 배송',
      paragraphs: [
        '해외로도 보냅니다. 요금은 결제 화면에 나오고, 도착까지 5–9일 걸립니다. 현지 관세와 부가세는 받는 분이 내십니다. 식품과 초는 나라에 따라 보내지 못할 수 있습니다.',
      ],
    },
  ],
  en: [
    {
      heading: 'When it leaves',
      paragraphs: [
        'Orders paid by 2 pm Korean time on a weekday leave the same day; later ones leave the next working day. Within Korea they arrive in one or two days.',
        'Perilla oil only leaves on Tuesdays and yakgwa on Mondays. Ordered with other things, we split the parcel and charge shipping once.',
      ],
    },
    {
      heading: 'What it costs',
      paragraphs: [
        '₩3,000 within Korea, free when your items come to ₩50,000 or more after discounts.',
        'Jeju and remote islands cost ₩3,000 more. You will see it before you pay.',
      ],
    },
    {
      heading: 'How we pack',
      paragraphs: [
        'Pottery is wrapped twice in paper and stood upright between cardboard walls. We use no plastic and no foam.',
        'Write “gift” in the delivery note and we tie it up in hanji and cotton cord. Nothing with a price on it goes in the box.',
      ],
    },
    {
      heading: 'If something arrives broken',
      paragraphs: ['Send us one photograph. A new one leaves the same day and you do not have to return the pieces.'],
    },
    {
      heading: 'Outside Korea',
      paragraphs: [
        'Parcels abroad take five to nine days. The rate is shown at checkout; import duty and tax are paid by you on arrival. Some countries will not let in food or candles.',
      ],
    },
  ],
}

/** How things come back. */
export const returns: DemoPage = {
  handle: 'returns',
  slug: { ko: '교환-반품-안내', en: 'returns' },
  title: { ko: '교환과 반품', en: 'Returns & Exchanges' },
  ko: [
    {
      heading: '마음이 바뀌었을 때',
      paragraphs: [
        '물건을 받은 날부터 7일 안에 청약을 철회하실 수 있습니다. 까닭은 묻지 않습니다. 상품을 확인하려고 포장을 뜯으신 것은 괜찮습니다.',
        '쓰지 않은 물건을 다른 색이나 크기, 다른 상품으로 바꾸시는 것은 30일까지 받습니다.',
      ],
    },
    {
      heading: '물건에 문제가 있을 때',
      paragraphs: [
        '설명과 다르거나 흠이 있으면 받은 날부터 3개월 안에, 그 사실을 알게 된 날부터 30일 안에 철회하실 수 있습니다.',
      ],
    },
    {
      heading: '반품 배송비',
      paragraphs: [
        '마음이 바뀌신 경우 돌아오는 배송비 3,000원을 내 주셔야 합니다. 무료 배송으로 받으셨다면 처음 배송비까지 6,000원입니다. 교환은 오가는 배송비 6,000원입니다.',
        '물건에 문제가 있거나 저희가 잘못 보냈다면 배송비는 모두 저희가 냅니다.',
      ],
    },
    {
      heading: '환불까지 걸리는 시간',
      paragraphs: [
        '돌려보내신 물건을 받은 날부터 3영업일 안에 환불합니다. 카드 결제는 카드사에 취소를 요청하며, 카드사에 따라 며칠 더 걸릴 수 있습니다.',
        '저희 잘못으로 환불이 늦어지면 전자상거래법이 정한 지연이자를 더해 드립니다.',
      ],
    },
    {
      heading: '철회할 수 없는 경우',
      paragraphs: [
        '쓰셨거나 손님의 책임으로 망가져 값이 크게 떨어진 경우, 개봉한 식품과 비누처럼 다시 팔 수 없는 경우, 주문을 받아 따로 만든 경우에는 철회가 어렵습니다. 주문 제작은 미리 알려 드리고 동의를 받습니다.',
      ],
    },
    {
      heading: '신청하는 방법',
      paragraphs: [
        '내 주문에서 반품이나 교환을 누르시거나 hello@example.com으로 주문 번호를 보내 주세요. 다음 영업일에 택배 기사님이 찾으러 갑니다. 보낼 곳: 서울특별시 성북구 살강길 00, 살강살림 반품 담당.',
      ],
    },
  ],
  en: [
    {
      heading: 'Changed your mind',
      paragraphs: [
        'You may withdraw from the purchase within seven days of receiving it, without giving a reason. Opening the package to look does not count against you.',
        'Unused items can be exchanged for another color, size or product for thirty days.',
      ],
    },
    {
      heading: 'Something is wrong with it',
      paragraphs: [
        'If it is faulty or not as described, you have three months from delivery, and thirty days from noticing, to send it back.',
      ],
    },
    {
      heading: 'Who pays for the way back',
      paragraphs: [
        'For a change of mind, return shipping of ₩3,000 is yours; if it reached you free of charge, the outward ₩3,000 is deducted too. An exchange costs ₩6,000, there and back.',
        'If the fault is in the item or in our packing, we pay for everything.',
      ],
    },
    {
      heading: 'When you get your money',
      paragraphs: [
        'Within three business days of the parcel reaching us. Card refunds may take your bank a few days longer to show.',
        'If we are late, we add the interest set by the Korean E-Commerce Act.',
      ],
    },
    {
      heading: 'What cannot come back',
      paragraphs: [
        'Items you have used or damaged so that they have lost much of their value, opened food and soap, and anything made to order for you. We always ask before starting made-to-order work.',
      ],
    },
    {
      heading: 'How to do it',
      paragraphs: [
        'Open your order and choose return or exchange, or write to hello@example.com with the order number. In Korea a courier will call on the next working day. From abroad, we send you the address and the customs form.',
      ],
    },
  ],
}
