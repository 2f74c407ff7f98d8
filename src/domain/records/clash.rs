//! Two people changed one record: what it was, what the other made of it, what one wanted oneself.

use super::edit::Values;

/// Whose value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The one that is stored now.
    Theirs,
    /// The one that was typed.
    Mine,
}

/// A field that is another than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its place among the fields of the form.
    pub field: usize,
    /// What it was when the form was opened.
    pub base: Option<String>,
    /// What it is now.
    pub theirs: Option<String>,
    /// What was typed.
    pub mine: Option<String>,
    /// Whose is taken; nothing while it has to be chosen, for both changed it.
    pub pick: Option<Pick>,
}

/// The fields that either changed. Where one of the two did, theirs is what is taken.
pub fn differences(base: &Values, theirs: &Values, mine: &Values) -> Vec<Difference> {
    let fields = base.iter().zip(theirs).zip(mine).enumerate();
    let all = fields.map(|(field, ((base, theirs), mine))| {
        let pick = if base == theirs {
            Some(Pick::Mine)
        } else if base == mine || theirs == mine {
            Some(Pick::Theirs)
        } else {
            None
        };
        Difference { field, base: base.clone(), theirs: theirs.clone(), mine: mine.clone(), pick }
    });
    all.filter(|one| one.base != one.theirs || one.base != one.mine).collect()
}

/// What comes of it, once everything is chosen: the record as it is now, with what is taken of mine.
pub fn merged(theirs: &Values, differences: &[Difference]) -> Values {
    let mut values = theirs.clone();
    for difference in differences.iter().filter(|difference| difference.pick == Some(Pick::Mine)) {
        if let Some(value) = values.get_mut(difference.field) {
            value.clone_from(&difference.mine);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str) -> Values {
        text.split(' ').map(|value| (value != "-").then(|| value.to_owned())).collect()
    }

    #[test]
    fn what_one_alone_changed_is_taken_and_what_both_did_is_asked() {
        let (base, theirs, mine) = (values("a b c - e f"), values("a B c x E f"), values("a b C y E f"));
        let mut found = differences(&base, &theirs, &mine);
        let picks: Vec<_> = found.iter().map(|one| (one.field, one.pick)).collect();
        let both = (Some(Pick::Theirs), Some(Pick::Mine));
        assert_eq!(picks, [(1, both.0), (2, both.1), (3, None), (4, both.0)]);
        found[2].pick = Some(Pick::Mine);
        assert_eq!(merged(&theirs, &found), values("a B C y E f"));
        assert!(differences(&base, &base, &base).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_of_theirs_is_lost_unasked(rows in prop::collection::vec((0..3_u8, 0..3_u8, 0..3_u8), 1..8)) {
            let side = |pick: fn(&(u8, u8, u8)) -> u8| -> Values { rows.iter().map(|row| Some(pick(row).to_string())).collect() };
            let (base, theirs, mine) = (side(|row| row.0), side(|row| row.1), side(|row| row.2));
            let merged = merged(&theirs, &differences(&base, &theirs, &mine));
            for (nth, (b, t, m)) in rows.iter().enumerate() {
                let expected = if b == t { m } else { t };
                prop_assert_eq!(merged[nth].as_ref().unwrap(), &expected.to_string());
            }
        }
    }
}
