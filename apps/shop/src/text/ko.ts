/** Everything the shop says in Korean. Functions where a number or a name belongs inside. */
export const ko = {
  language: '한국어',
  otherLanguage: 'English',
  skip: '본문으로 건너뛰기',
  menu: { categories: '둘러보기', search: '찾기', cart: '장바구니', account: '내 정보', signIn: '로그인', orderLookup: '주문 조회', open: '차림 열기' },
  cartCount: (pieces: number) => `장바구니, ${pieces}개 담김`,
  searchLabel: '상품 찾기',
  searchPlaceholder: '예: 머그, 린넨, 차',
  home: { newest: '새로 남은 것', popular: '많이 찾는 것', shelves: '선반 둘러보기', all: '모두 보기', story: '살강 이야기' },
  card: { soldOut: '품절', from: (price: string) => `${price}부터`, was: '정가', off: (percent: number) => `${percent}%`, rating: (stars: string, count: number) => `별점 ${stars}, 후기 ${count}개` },
  footer: {
    company: '상호', representative: '대표', registration: '사업자등록번호', mailOrder: '통신판매업신고', address: '주소', phone: '전화', email: '이메일', privacyOfficer: '개인정보보호책임자', hosting: '호스팅 제공', hours: '상담 시간',
    help: '도움말', shop: '상점',
  },
  error: { notFoundTitle: '찾는 것이 여기 없습니다', notFoundText: '주소가 바뀌었거나 더는 팔지 않는 물건입니다.', faultTitle: '잠시 문제가 생겼습니다', faultText: '담아 두신 것과 주문은 그대로 있습니다. 잠시 뒤 다시 열어 주세요.', retry: '다시 열기', home: '처음으로' },
  list: {
    results: (words: string) => `‘${words}’ 찾은 결과`, everything: '모든 물건', nothing: '찾는 물건이 없습니다', nothingText: '다른 말로 찾아보시거나, 조건을 덜어 보세요.', sort: '정렬', sorts: { relevance: '관련 높은 순', newest: '새로 나온 순', popular: '많이 팔린 순', price_asc: '낮은 가격순', price_desc: '높은 가격순', rating: '별점 높은 순' }, inStock: '살 수 있는 것만', priceMin: '최저 가격', priceMax: '최고 가격', apply: '적용', more: '더 보기', filter: '조건',
  },
  product: {
    choose: '고르기', quantity: '수량', add: '장바구니에 담기', soldOut: '품절된 물건입니다', soldOutValue: '품절', low: (pieces: number) => `${pieces}개 남았습니다`, inStock: '바로 보내 드릴 수 있습니다', facts: '상품 정보', delivery: '배송과 반품', reviews: '후기', writeReview: '후기는 물건을 받은 분만 쓸 수 있습니다. 내 정보의 주문에서 써 주세요.', noReviews: '아직 후기가 없습니다.', reviewsNote: '산 사람의 후기만, 별점과 관계없이 모두 보여 드립니다.', stars: (stars: number) => `별 다섯 중 ${stars}개`, sort: { newest: '최신순', helpful: '도움 된 순', highest: '별점 높은 순', lowest: '별점 낮은 순' }, noPrice: '이 통화로는 팔지 않습니다.', taxIncluded: '부가세 포함', taxExcluded: '세금 별도', promises: ['오후 2시 전 주문은 그날 보냅니다. 배송비 3,000원, 5만 원부터 무료.', '제주와 도서 지역은 3,000원이 더해집니다.', '받은 날부터 7일 안에 반품, 30일 안에 교환할 수 있습니다.', '반품이 도착하면 3영업일 안에 돌려드립니다.'], thumbnails: '다른 사진', added: '장바구니에 담았습니다.', toCart: '장바구니 보기',
  },
  cart: {
    title: '장바구니', empty: '아직 담은 것이 없습니다', emptyText: '선반을 천천히 둘러보세요.', browse: '둘러보기', quantity: '수량', update: '바꾸기', remove: '빼기', removeNamed: (name: string) => `${name} 빼기`, coupon: '쿠폰 번호', apply: '쓰기', drop: '빼기', subtotal: '상품 금액', discount: '할인', shipping: '배송비', shippingLater: '배송지를 적으면 나옵니다', free: '무료', tax: '세금', taxIncluded: (amount: string) => `부가세 ${amount} 포함`, total: '결제할 금액', checkout: '주문하기', changed: '다른 창에서 장바구니가 바뀌었습니다. 지금 담긴 것을 확인해 주세요.',
    problems: { empty: '담은 것이 없습니다.', line_unavailable: '더는 팔지 않습니다. 빼 주세요.', no_price: '이 통화로는 살 수 없습니다.', out_of_stock: (left: number) => (left > 0 ? `지금은 ${left}개까지 살 수 있습니다.` : '방금 품절됐습니다. 빼 주세요.'), no_email: '이메일을 적어 주세요.', no_address: '배송지를 적어 주세요.', no_shipping_method: '배송 방법을 골라 주세요.', not_deliverable: '이 주소로는 보내 드리지 못합니다.' },
    refused: { unknown_code: '없는 쿠폰 번호입니다.', not_started: '아직 쓸 수 없는 쿠폰입니다.', ended: '기한이 지난 쿠폰입니다.', below_minimum: '쿠폰을 쓰기에는 금액이 모자랍니다.', nothing_eligible: '담은 물건에는 쓸 수 없는 쿠폰입니다.', nothing_left: '더 할인할 금액이 없습니다.', exclusive: '다른 할인과 함께 쓸 수 없습니다.', used_up: '모두 쓰인 쿠폰입니다.', used_by_you: '이미 쓰신 쿠폰입니다.' },
  },
  checkout: {
    title: '주문하기', contact: '받는 분과 배송지', email: '이메일', emailHint: '주문 소식을 보내 드립니다. 회원이 아니어도 됩니다.', name: '이름', phone: '전화번호', country: '나라', countries: { KR: '대한민국', US: '미국', CA: '캐나다', JP: '일본', SG: '싱가포르', AU: '호주', GB: '영국', DE: '독일', FR: '프랑스' }, postcode: '우편번호', line1: '도로명 주소', line2: '상세 주소', city: '시·군·구', region: '시·도', memo: '배송 메모', memoHint: '예: 문 앞에 놓아 주세요', optional: '(선택)', toShipping: '배송 방법 고르기', shipping: '배송 방법', days: (from: number, to: number) => `보낸 뒤 ${from}–${to}영업일`, toPayment: '결제 방법 고르기', payment: '결제 방법', methods: { card: '신용·체크카드', virtual_account: '가상계좌 입금', bank_transfer: '계좌이체' }, methodHints: { card: '카드 정보는 결제창에서만 적습니다.', virtual_account: '받은 계좌로 24시간 안에 입금해 주세요.', bank_transfer: '결제창에서 은행을 고릅니다.' }, pay: (amount: string) => `${amount} 결제하기`, agree: '주문할 상품, 금액, 배송지를 확인했고 결제에 동의합니다.', agreeError: '주문 내용을 확인하고 동의해 주세요.', terms: '이용약관과 개인정보 처리방침', edit: '고치기', summary: '주문 내용', errors: '다시 확인해 주세요', priceChanged: '금액이 바뀌었습니다. 새 금액을 확인하고 다시 결제해 주세요.', stockChanged: '방금 재고가 바뀌었습니다. 아무것도 결제되지 않았습니다.', trust: '7일 안에 반품할 수 있습니다. 카드 정보는 이 상점을 거치지 않습니다.', failed: '결제가 끝나지 않았습니다. 물건은 잠시 잡아 두었습니다. 다시 결제하거나 다른 방법을 골라 주세요.', again: '다시 결제하기',
  },
  order: {
    title: (number: string) => `주문 ${number}`, thanks: '주문해 주셔서 고맙습니다', saved: '이 주소를 보관하시면 로그인하지 않아도 주문을 다시 볼 수 있습니다.', statuses: { pending_payment: '결제 기다리는 중', payment_review: '결제 확인 중', paid: '결제 완료', partly_shipped: '일부 보냄', shipped: '보냄', delivered: '배송 완료', cancelled: '취소됨', expired: '결제 시간이 지남' }, deposit: '아래 계좌로 입금해 주세요', bank: '은행', account: '계좌번호', holder: '예금주', due: '입금 기한', amount: '금액', items: '주문한 것', address: '배송지', payment: '결제', timeline: '진행 상황', parcels: '배송', tracking: '배송 조회', parcel: { shipped: '보냄', picked_up: '집화', in_transit: '이동 중', out_for_delivery: '배달 출발', delivered: '배송 완료', exception: '확인 필요' }, cancel: '주문 취소', cancelText: '보내기 전에는 언제든 취소할 수 있고, 낸 금액은 그대로 돌려드립니다.', cancelReason: '취소하는 까닭', cancelReasons: ['마음이 바뀌었습니다', '다른 것으로 다시 주문합니다', '배송이 늦습니다'], refunded: (amount: string) => `${amount} 환불`, lookup: '주문 조회', lookupText: '주문번호와 이메일로 받은 조회 번호를 적어 주세요.', number: '주문번호', token: '조회 번호', find: '찾기', notFound: '주문을 찾지 못했습니다. 번호를 다시 확인해 주세요.', review: '후기 쓰기', pieces: (count: number) => `${count}개`, confirming: '결제를 확인하고 있습니다. 잠시 뒤 이 쪽을 다시 열어 주세요.', list: '주문 내역', none: '아직 주문이 없습니다', print: '인쇄',
  },
}
