// In: fills and marks. Out: cash, position, P&L and a count of round trips. Money in dollars,
// prices in 1/10000 dollar. Knows no market, no clock and no order.

const DOLLAR = 10_000;

export interface Fill {
  side: 'buy' | 'sell';
  price: number;
  qty: number;
}

export class Account {
  readonly #startCash: number;
  #cash: number;
  #position = 0;
  /** Dollars paid for the open position: negative when it is short. */
  #cost = 0;
  #mark = 0;
  #realized = 0;
  #trades = 0;
  #wins = 0;
  #losses = 0;

  constructor(startCash: number) {
    this.#startCash = startCash;
    this.#cash = startCash;
  }

  /** Signed shares. */
  get position(): number {
    return this.#position;
  }

  get equity(): number {
    return cents(this.#cash + (this.#position * this.#mark) / DOLLAR);
  }

  get unrealized(): number {
    return cents((this.#position * this.#mark) / DOLLAR - this.#cost);
  }

  mark(price: number): void {
    this.#mark = price;
  }

  fill({ side, price, qty }: Fill): void {
    const signed = side === 'buy' ? qty : -qty;
    const closing = Math.sign(signed) === -Math.sign(this.#position);
    const closed = closing ? Math.min(qty, Math.abs(this.#position)) : 0;
    if (closed > 0) this.#close(closed, price);
    const opened = Math.sign(signed) * (qty - closed);
    this.#cost += (opened * price) / DOLLAR;
    this.#position += opened;
    this.#cash -= (signed * price) / DOLLAR;
    this.#trades++;
  }

  #close(qty: number, price: number): void {
    const share = qty / Math.abs(this.#position);
    const signed = Math.sign(this.#position) * qty;
    const gain = (signed * price) / DOLLAR - this.#cost * share;
    this.#cost *= 1 - share;
    this.#position -= signed;
    this.#realized += gain;
    if (gain > 0) this.#wins++;
    else this.#losses++;
  }

  summary() {
    return {
      equity: this.equity,
      start_equity: this.#startCash,
      total_trades: this.#trades,
      wins: this.#wins,
      losses: this.#losses,
      realized_pnl: cents(this.#realized),
      unrealized_pnl: this.unrealized,
      position: this.#position,
    };
  }
}

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;
