import type { DemoPage } from '../types.ts'

/** What is kept about a customer, and for how long. */
export const privacy: DemoPage = {
  handle: 'privacy',
  slug: { ko: '개인정보-처리방침', en: 'privacy' },
  title: { ko: '개인정보 처리방침', en: 'Privacy' },
  ko: [
    {
      heading: '모으는 정보',
      paragraphs: [
        '주문할 때: 이름, 전화번호, 전자우편, 배송지. 회원이 될 때: 전자우편, 비밀번호(암호화). 결제 정보는 결제 회사가 다루며 저희는 승인 번호만 가집니다.',
        '이용 기록(접속 시각, IP, 쿠키)은 안전을 위해 저절로 남습니다.',
      ],
    },
    {
      heading: '쓰는 까닭',
      paragraphs: [
        '주문을 보내고, 문의에 답하고, 법이 정한 기록을 남기는 데 씁니다. 소식지는 따로 동의하신 분께만 보내고 언제든 한 번에 끊을 수 있습니다.',
      ],
    },
    {
      heading: '간직하는 기간',
      paragraphs: [
        '탈퇴하시면 곧바로 지웁니다. 다만 전자상거래법에 따라 계약·청약철회와 대금 결제 기록은 5년, 불만·분쟁 처리 기록은 3년, 표시·광고 기록은 6개월, 통신비밀보호법에 따라 접속 기록은 3개월 간직합니다.',
      ],
    },
    {
      heading: '맡기는 일',
      paragraphs: [
        '배송은 택배사에, 결제는 전자결제 회사에 필요한 만큼만 맡깁니다. 광고를 위해 다른 곳에 넘기지 않습니다.',
      ],
    },
    {
      heading: '손님의 권리',
      paragraphs: [
        '내 정보를 보고, 고치고, 지우고, 처리를 멈추게 하실 수 있습니다. 내 계정에서 하시거나 개인정보 보호책임자 남궁솔(privacy@example.com)에게 말씀해 주세요. 열흘 안에 답합니다. 만 14세 미만은 가입할 수 없습니다.',
      ],
    },
    {
      heading: '지키는 방법',
      paragraphs: [
        '통신을 암호화하고, 비밀번호는 되돌릴 수 없게 바꾸어 저장하며, 개인정보를 볼 수 있는 사람을 두 명으로 제한합니다. 이 방침이 바뀌면 7일 전에 알립니다.',
      ],
    },
  ],
  en: [
    {
      heading: 'What we collect',
      paragraphs: [
        'When you order: name, phone, email and address. When you open an account: email and a hashed password. Payment details go to the payment company; we only keep the approval number.',
        'Access records (time, IP address, cookies) are kept automatically for security.',
      ],
    },
    {
      heading: 'Why',
      paragraphs: [
        'To send your order, answer you, and keep the records the law asks for. The newsletter goes only to people who asked for it, and one click ends it.',
      ],
    },
    {
      heading: 'How long',
      paragraphs: [
        'Close your account and we delete it at once, except what Korean law makes us keep: contracts and payments for five years, complaints for three years, advertising records for six months, access logs for three months.',
      ],
    },
    {
      heading: 'Who else sees it',
      paragraphs: [
        'Couriers and the payment company, as far as they need to. We do not pass anything on for advertising.',
      ],
    },
    {
      heading: 'Your rights',
      paragraphs: [
        'You may see, correct or delete your data, or tell us to stop using it: in your account, or by writing to our privacy officer Namgung Sol at privacy@example.com. We answer within ten days. Accounts are for people aged 14 and over.',
      ],
    },
    {
      heading: 'How we protect it',
      paragraphs: [
        'Connections are encrypted, passwords are stored in a form that cannot be reversed, and two people in the company can see customer data. We announce changes to this page seven days ahead.',
      ],
    },
  ],
}

/** The terms of sale. */
export const terms: DemoPage = {
  handle: 'terms',
  slug: { ko: '이용약관', en: 'terms' },
  title: { ko: '이용약관', en: 'Terms of Sale' },
  ko: [
    {
      heading: '제1조 이 약관은',
      paragraphs: [
        '주식회사 살강살림(이하 “회사”)이 운영하는 살강 온라인 상점에서 물건을 사고파는 조건을 정합니다. 정하지 않은 것은 전자상거래법과 관련 법령, 상관례에 따릅니다.',
      ],
    },
    {
      heading: '제2조 약관의 변경',
      paragraphs: [
        '약관을 바꿀 때는 시행 7일 전, 손님께 불리한 변경은 30일 전에 알립니다. 이미 맺은 계약에는 그때의 약관을 적용합니다.',
      ],
    },
    {
      heading: '제3조 회원',
      paragraphs: [
        '회원이 아니어도 살 수 있습니다. 회원은 언제든 탈퇴할 수 있고, 회사는 남의 이름을 쓰거나 거래를 방해한 회원의 자격을 제한할 수 있습니다.',
      ],
    },
    {
      heading: '제4조 계약의 성립',
      paragraphs: [
        '주문하신 뒤 회사가 주문을 확인했다는 알림을 보내면 계약이 맺어집니다. 재고가 없거나 값이 명백히 잘못 적힌 경우에는 까닭을 알리고 3영업일 안에 환불합니다. 미성년자의 주문은 본인이나 법정대리인이 취소할 수 있습니다.',
      ],
    },
    {
      heading: '제5조 값과 결제',
      paragraphs: [
        '값에는 부가가치세가 들어 있습니다. 할인과 쿠폰은 결제 화면에 보이는 순서로 적용되며, 일부만 반품하시면 받은 할인은 물건값에 비례해 나눕니다.',
      ],
    },
    { heading: '제6조 배송·철회·환불', paragraphs: ['배송 안내와 교환·반품 안내가 이 약관의 일부를 이룹니다.'] },
    {
      heading: '제7조 책임',
      paragraphs: [
        '회사는 물건의 흠과 배송 중 생긴 손해를 책임집니다. 천재지변처럼 어쩔 수 없는 일로 늦어지는 경우는 미리 알립니다.',
      ],
    },
    {
      heading: '제8조 분쟁',
      paragraphs: [
        '먼저 이야기로 풉니다. 풀리지 않으면 한국소비자원이나 전자문서·전자거래분쟁조정위원회에 조정을 신청하실 수 있습니다. 소송은 손님의 주소지 법원에서 합니다.',
      ],
    },
  ],
  en: [
    {
      heading: '1. What this is',
      paragraphs: [
        'These terms cover purchases from the Salgang online shop run by Salgang Sallim Co., Ltd. Whatever they leave out is settled by the Korean E-Commerce Act and related law.',
      ],
    },
    {
      heading: '2. Changes',
      paragraphs: [
        'We announce changes seven days ahead, or thirty if they are not in your favor. Orders already placed keep the terms they were placed under.',
      ],
    },
    {
      heading: '3. Accounts',
      paragraphs: [
        'You can buy without one and close one at any time. We may limit accounts that use someone else’s name or interfere with the shop.',
      ],
    },
    {
      heading: '4. When there is a contract',
      paragraphs: [
        'When we confirm your order. If something is out of stock or obviously mispriced, we tell you why and refund you within three business days. Orders by minors can be cancelled by them or their guardians.',
      ],
    },
    {
      heading: '5. Prices and payment',
      paragraphs: [
        'Prices in won include Korean VAT. Discounts apply in the order shown at checkout; if you return part of an order, they are divided in proportion to what each item cost.',
      ],
    },
    {
      heading: '6. Delivery, withdrawal, refunds',
      paragraphs: ['The Shipping and Returns pages form part of these terms.'],
    },
    {
      heading: '7. Responsibility',
      paragraphs: [
        'We answer for faults and for damage on the way to you. If something beyond anyone’s control causes a delay, we tell you before you have to ask.',
      ],
    },
    {
      heading: '8. Disagreements',
      paragraphs: [
        'We would rather talk. If that fails, you may turn to the Korea Consumer Agency or the e-commerce mediation committee. Korean law applies, without taking away the protection of the law where you live.',
      ],
    },
  ],
}
