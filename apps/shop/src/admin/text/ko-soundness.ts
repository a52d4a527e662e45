/** What the office says of the promises that the shop keeps; the API says in English what does not hold. */
export const soundnessWords = {
  unsound: '장부가 서로 맞지 않습니다',
  unsoundText: '아래 약속이 깨졌습니다. 해당 주문과 재고를 확인하고, 고친 뒤 다시 점검해 주세요.',
  sound: (when: string) => `${when} 점검에서 돈·재고·주문이 모두 맞았습니다.`,
  unchecked: '아직 점검하지 않았습니다. 매일 새벽 3시에 점검합니다.',
  lookAgain: '지금 점검',
  subjects: (shown: string, more: number) => (more > 0 ? `${shown} 외 ${more}건` : shown),
  promise: (name: string, says: string): string => promises[name] ?? says,
}

const promises: Readonly<Record<string, string>> = {
  'core.delivered': '모든 소식이 필요한 곳에 전해졌다',
  'core.settled': '끝난 소식에 아직 받지 못한 곳이 없다',
  'pricing.promotion_uses': '할인의 사용 횟수와 금액이 실제 사용 내역과 같다',
  'pricing.promotion_buyers': '구매자별 할인 사용 횟수가 실제 사용 내역과 같다',
  'pricing.coupon_uses': '쿠폰의 사용 횟수가 실제 사용 내역과 같다',
  'pricing.shares': '크리에이터와 기부처에 줄 금액이 0보다 작지 않다',
  'orders.one_per_cart': '장바구니 하나는 주문 하나가 되고, 그 뒤에는 닫힌다',
  'orders.edges': '주문 상태는 정해진 순서로만 바뀐다',
  'orders.history': '주문의 상태 기록이 빠짐없이 이어진다',
  'orders.status': '주문 상태가 마지막 기록과 같다',
  'orders.paid': '결제된 주문만 배송되고, 결제를 기다리는 주문은 아직 미결제다',
  'orders.pieces': '주문의 수량이 품목 수량의 합과 같고, 결제 전에는 아무것도 나가지 않는다',
  'orders.amounts': '품목 금액이 수량 × 단가에서 할인을 뺀 값과 같다',
  'shipping.events': '배송 상태가 택배사가 알려 준 곳까지만 나아간다',
  'reviews.ratings': '상품 별점이 승인된 후기의 합과 같다',
  'reviews.votes': '후기의 도움 수가 실제 누른 수와 같다',
  'shop.paid_for': '결제된 주문은 정확히 그 금액을 받았다',
  'shop.no_orphan_money': '받은 돈은 모두 살아 있는 주문의 것이거나 환불되고 있다',
  'shop.goods': '기다리는 주문의 재고는 잡혀 있고, 결제된 것은 나갔고, 취소된 것은 돌아왔다',
  'shop.no_orphan_goods': '잡힌 재고에는 모두 그 주문이 있다',
  'shop.coupons': '할인과 쿠폰의 상태가 그 주문의 상태와 맞는다',
}
