//! Chance that can be repeated: each record has dice of its own, so that any of them can be made without the others.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a set of dice decides about; two subjects never share a throw.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(super) enum Subject {
    Days = 1,
    Stores,
    Staff,
    Products,
    Stock,
    Customer,
    Order,
    Lines,
    Targets,
}

/// The dice of one record.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of record `number` of a subject, in the chain of that seed.
    ///
    /// The key is laid out by hand, because only then is it ChaCha alone that decides (RFC 8439, 2.3, with 8 rounds), not
    /// the version of a library.
    pub(super) fn new(seed: u64, subject: Subject, number: u64) -> Dice {
        let words = [seed, subject as u64, number].map(u64::to_le_bytes);
        let mut key = [0; 32];
        for (slot, byte) in key.iter_mut().zip(words.as_flattened()) {
            *slot = *byte;
        }
        Dice(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 to `end` - 1; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(end);
        u32::try_from(product >> 32).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `percent` of 100 throws.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of a list; the default of its kind where the list is empty.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(count(list)) as usize).copied().unwrap_or_default()
    }

    /// A position in `cumulated`, each as likely as the step up to its sum is high.
    pub(super) fn weighted(&mut self, cumulated: &[u32]) -> usize {
        let throw = self.below(cumulated.last().copied().unwrap_or_default());
        cumulated.partition_point(|&sum| sum <= throw)
    }

    /// Puts a list into another order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            let other = self.below(u32::try_from(end + 1).unwrap_or(u32::MAX)) as usize;
            list.swap(end, other);
        }
    }
}

/// How many there are of something a chain has few of.
pub(super) fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The running sums of some weights, for [`Dice::weighted`].
pub(super) fn cumulate(weights: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let running = weights.into_iter().scan(0_u32, |sum, weight| {
        *sum = sum.saturating_add(weight);
        Some(*sum)
    });
    running.collect()
}
