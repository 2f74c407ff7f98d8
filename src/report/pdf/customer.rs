//! A customer's report: a letter, then each order with its items.

use super::flow::{Flow, Set};
use super::letterhead::{Stamp, counted, day, letterhead, short_day};
use super::page::{Area, Ink, Laid};
use super::table::{Columns, Kind, Look};
use crate::domain::report::{CustomerHistory, CustomerOrder, StoreContact};
use crate::domain::{NumberFormat, OrderStatus, capitalised};
use crate::settings::Report;

/// The report, written by one of these stores: the one of the newest order, or the first.
pub(super) fn laid_out(
    customer: &CustomerHistory,
    stores: &[StoreContact],
    look: &Report,
    stamp: &Stamp,
) -> Laid {
    let store = customer
        .orders
        .first()
        .and_then(|newest| stores.iter().find(|store| store.id == newest.store))
        .or(stores.first());
    let letter = Letter { customer, stores, store, look, stamp };
    let name = letter.name();
    let title = format!("Customer report · {name}");
    let mut flow = Flow::new(look.paper.points(), &title, &format!("{title} · customer {}", customer.id));
    letter.write(&mut flow);
    letter.orders(&mut flow);
    flow.finished(&stamp.words())
}

struct Letter<'a> {
    customer: &'a CustomerHistory,
    stores: &'a [StoreContact],
    store: Option<&'a StoreContact>,
    look: &'a Report,
    stamp: &'a Stamp,
}

impl Letter<'_> {
    fn numbers(&self) -> &NumberFormat {
        &self.look.money
    }

    /// Whose report it is; a customer without a name has a number.
    fn name(&self) -> String {
        match self.customer.name.as_str() {
            "" => format!("Customer {}", self.customer.id),
            name => name.to_owned(),
        }
    }

    fn write(&self, flow: &mut Flow) {
        let sender = self.look.business.as_deref().or(self.store.map(|store| store.name.as_str()));
        let sender = sender.unwrap_or("Customer report");
        letterhead(flow, sender, self.store);
        self.address(flow);
        flow.space(24.0);
        flow.paragraph(Set { size: 13, ..Set::HEADING }, &format!("Your orders with {sender}"));
        flow.space(8.0);
        flow.paragraph(Set::LETTER, &format!("Dear {},", self.name()));
        flow.space(6.0);
        flow.paragraph(Set::LETTER, &self.thanks());
        if !self.customer.orders.is_empty() {
            flow.space(12.0);
            self.summary(flow);
        }
        flow.space(10.0);
        let number = self.customer.id;
        let ask = format!(
            "Is anything here not as you expect it? Please tell us, and name your customer number, {number}: we will look \
             into it gladly."
        );
        flow.paragraph(Set::LETTER, &ask);
        flow.space(8.0);
        flow.line(Set::LETTER, "With kind regards,");
        flow.line(Set { size: 10, ..Set::STRONG }, sender);
    }

    /// The customer's address, and beside it date, number, and how the customer is reached.
    fn address(&self, flow: &mut Flow) {
        /// The room of the names of facts.
        const NAMES: f32 = 64.0;
        flow.space(22.0);
        let top = flow.y();
        let beside = flow.left() + flow.width() * 0.5;
        let half = flow.width() * 0.5;
        let facts = [
            ("Date", Some(day(self.stamp.at.date()))),
            ("Customer no.", Some(self.customer.id.to_string())),
            ("Telephone", self.customer.phone.clone()),
            ("E-mail", self.customer.email.clone()),
        ];
        for (name, value) in facts {
            let Some(value) = value else { continue };
            for (number, line) in Set::BODY.wrapped(&value, half - NAMES).iter().enumerate() {
                flow.space(Set::BODY.leading());
                if number == 0 {
                    flow.text(beside, flow.y(), Set::SMALL, name);
                }
                flow.text(beside + NAMES, flow.y(), Set::BODY, line);
            }
        }
        let bottom = flow.y();
        flow.go_to(top);
        let width = flow.width() * 0.5 - 20.0;
        for line in std::iter::once(&self.name()).chain(&self.customer.address) {
            for line in Set::LETTER.wrapped(line, width) {
                flow.space(Set::LETTER.leading());
                flow.text(flow.left(), flow.y(), Set::LETTER, &line);
            }
        }
        flow.go_to(flow.y().max(bottom).max(top + 4.0 * Set::LETTER.leading()));
    }

    fn thanks(&self) -> String {
        let Some(first) = self.customer.orders.last() else {
            return "You have not placed an order with us yet. We keep the address above for you, and look forward to your \
                    first order."
                .to_owned();
        };
        let all = self.customer.sum(|_| true).orders;
        let placed = counted(&self.numbers().count(all), "order");
        let open =
            |order: &CustomerOrder| matches!(order.status, OrderStatus::Pending | OrderStatus::Processing);
        let waiting = match self.customer.sum(open).orders {
            0 => "None of them is waiting to be delivered.".to_owned(),
            1 if all == 1 => "It is on its way through our hands.".to_owned(),
            1 => "One of them is still on its way through our hands.".to_owned(),
            open => {
                format!("{} of them are still on their way through our hands.", self.numbers().count(open))
            }
        };
        let waiting = if all == 1 && self.customer.sum(open).orders == 0 { String::new() } else { waiting };
        let booked = self.customer.booked();
        let worth = self.numbers().money(booked.net);
        format!(
            "Thank you for being our customer. Since {} you have placed {placed} with us, worth {worth} after discount. \
             {waiting} Here they are in short; each order with its items follows.",
            day(first.placed)
        )
        .replace("  ", " ")
    }

    /// Orders by where they stand, and what they come to.
    fn summary(&self, flow: &mut Flow) {
        let numbers = self.numbers();
        let row = |name: &str, sum: crate::domain::report::Sum| {
            vec![
                name.to_owned(),
                numbers.count(sum.orders),
                numbers.count(sum.units),
                numbers.amount(sum.gross),
                numbers.amount(sum.gross - sum.net),
                numbers.amount(sum.net),
            ]
        };
        let each =
            [OrderStatus::Completed, OrderStatus::Processing, OrderStatus::Pending, OrderStatus::Rejected];
        let mut rows: Vec<(Vec<String>, Look)> = each
            .into_iter()
            .map(|status| (status, self.customer.sum(|order| order.status == status)))
            .filter(|(_, sum)| sum.orders > 0)
            .map(|(status, sum)| (row(capitalised(status.word()).as_str(), sum), Look::Plain))
            .collect();
        let rejected = self.customer.sum(|order| order.status == OrderStatus::Rejected).orders > 0;
        let total = if rejected { "Total without rejected orders" } else { "Total" };
        rows.push((row(total, self.customer.booked()), Look::Total));
        let net = titled("Total", numbers);
        let columns = [
            ("Orders by status", Kind::Wide),
            ("Orders", Kind::Number),
            ("Pieces", Kind::Number),
            ("At list price", Kind::Number),
            ("Discount", Kind::Number),
            (net.as_str(), Kind::Number),
        ];
        Columns::new(flow, &columns, rows.iter().map(|(cells, _)| cells.as_slice())).table(flow, &rows);
    }

    fn orders(&self, flow: &mut Flow) {
        if self.customer.orders.is_empty() {
            return;
        }
        let rows: Vec<Vec<Vec<String>>> = self.customer.orders.iter().map(|order| self.rows(order)).collect();
        let price = titled("Price", self.numbers());
        let net = titled("Total", self.numbers());
        let columns = [
            ("Item", Kind::Wide),
            ("Pieces", Kind::Number),
            (price.as_str(), Kind::Number),
            ("Discount", Kind::Number),
            (net.as_str(), Kind::Number),
        ];
        let columns = Columns::new(flow, &columns, rows.iter().flatten().map(Vec::as_slice));
        flow.space(26.0);
        let heights =
            |rows: &Vec<Vec<String>>| rows.iter().map(|row| columns.height(row, Look::Plain)).sum::<f32>();
        // Few orders end on the page of the letter; many begin on one of their own.
        if rows.iter().map(|rows| heights(rows) + ORDER).sum::<f32>() > flow.room() {
            flow.turn();
        }
        for (order, rows) in self.customer.orders.iter().zip(rows) {
            self.order(flow, order, &rows, &columns);
        }
    }

    /// The lines of an order, and its total.
    fn rows(&self, order: &CustomerOrder) -> Vec<Vec<String>> {
        let numbers = self.numbers();
        let line = |line: &crate::domain::report::OrderLine| {
            let discount =
                if line.discount.is_zero() { String::new() } else { numbers.percent(line.discount) };
            vec![
                line.product.clone(),
                numbers.count(line.quantity),
                numbers.amount(line.price),
                discount,
                numbers.amount(line.net),
            ]
        };
        let mut rows: Vec<Vec<String>> = order.lines.iter().map(line).collect();
        let total = numbers.money(order.net());
        rows.push(vec![
            "Total".to_owned(),
            numbers.count(order.units()),
            String::new(),
            String::new(),
            total,
        ]);
        rows
    }

    fn order(&self, flow: &mut Flow, order: &CustomerOrder, rows: &[Vec<String>], columns: &Columns) {
        let first = rows.first().map_or(0.0, |row| columns.height(row, Look::Plain));
        flow.need(ORDER + 2.0 * first);
        let heading = format!("Order {}", order.id);
        let store = self.stores.iter().find(|store| store.id == order.store);
        let placed = match store.filter(|_| self.stores.len() > 1) {
            Some(store) => format!("placed {} at {}", day(order.placed), store.name),
            None => format!("placed {}", day(order.placed)),
        };
        band(flow, &heading, &placed, &status(order));
        columns.head(flow);
        for (number, row) in rows.iter().enumerate() {
            let look = if number + 1 == rows.len() { Look::Total } else { Look::Plain };
            columns.row(flow, row, look, |flow| band(flow, &heading, "continued", ""));
        }
        flow.space(16.0);
    }
}

/// The height of an order without its rows.
const ORDER: f32 = BAND + 13.0 + 16.0;
const BAND: f32 = 19.0;

/// The heading of an order.
fn band(flow: &mut Flow, heading: &str, beside: &str, status: &str) {
    let (left, top, width) = (flow.left(), flow.y(), flow.width());
    flow.area(Area { left, top, width, height: BAND, ink: Ink::Pale });
    let baseline = top + 13.0;
    let bold = Set { size: 10, ..Set::STRONG };
    flow.text(left + 6.0, baseline, bold, heading);
    let status_left = width - 6.0 - Set::BODY.width(status);
    let beside_left = 6.0 + bold.width(heading) + 10.0;
    let room = status_left - beside_left - 10.0;
    let beside = Set::BODY.in_ink(Ink::Grey).wrapped(beside, room);
    if let Some(line) = beside.first() {
        let cut = if beside.len() > 1 { format!("{line} …") } else { line.clone() };
        flow.text(left + beside_left, baseline, Set::BODY.in_ink(Ink::Grey), &cut);
    }
    flow.text_to(left + width - 6.0, baseline, Set::BODY, status);
    flow.space(BAND);
}

/// Where an order stands, in words.
fn status(order: &CustomerOrder) -> String {
    let word = capitalised(order.status.word());
    match (order.status, order.shipped) {
        (OrderStatus::Rejected, _) => word,
        (_, Some(shipped)) => format!("{word}, shipped {}", short_day(shipped)),
        (OrderStatus::Completed, None) => word,
        (OrderStatus::Pending | OrderStatus::Processing, None) => {
            format!("{word}, promised for {}", short_day(order.required))
        }
    }
}

/// The title of a column of sums, with the currency.
pub(super) fn titled(title: &str, numbers: &NumberFormat) -> String {
    match numbers.currency() {
        "" => title.to_owned(),
        // A space that does not break.
        currency => format!("{title}\u{a0}({currency})"),
    }
}
