package dev.drillbook.snapshot;

import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * In what a group differs from an earlier state of it. Of entries that expire by themselves, one
 * that is missing after its time is no difference. Two times of expiry are equal if they are no
 * further apart than the two states: some ways of restoring keep the moment, some the time that was
 * left.
 *
 * @param told whether entries were compared one by one; else the counts are the least that there
 *     can be
 * @param same whether there is no difference
 * @param expired how many are missing that had expired by then
 * @param examples the first few: those that are missing, then changed, then extra
 */
public record GroupChanges(
    boolean told,
    boolean same,
    long missing,
    long changed,
    long extra,
    long expired,
    List<String> examples) {

  /** How {@code after} differs from {@code before}. */
  public static GroupChanges between(StoreImage.Kind kind, GroupImage before, GroupImage after) {
    return before.kept().isPresent() && after.kept().isPresent()
        ? new Comparison(kind.entry(), before, after, key -> false, true).run()
        : ofSums(before, after);
  }

  /**
   * What of {@code before} is missing or changed in {@code after}; entries that came since are no
   * difference, where entries are compared one by one.
   *
   * @param leftOut of which keys nothing is looked at
   */
  public static GroupChanges lost(
      StoreImage.Kind kind, GroupImage before, GroupImage after, Predicate<String> leftOut) {
    return before.kept().isPresent() && after.kept().isPresent()
        ? new Comparison(kind.entry(), before, after, leftOut, false).run()
        : ofSums(before, after);
  }

  /**
   * Whether it is unknown if there is a difference: entries that may have expired are gone, and
   * which they were was not kept.
   */
  public boolean undecided(GroupImage before, GroupImage after) {
    return !told
        && !same
        && before.lasting().equals(after.lasting())
        && after.expiring().rows() < before.expiring().rows();
  }

  private static GroupChanges ofSums(GroupImage before, GroupImage after) {
    boolean same =
        before.lasting().equals(after.lasting()) && before.expiring().equals(after.expiring());
    long fewer = before.count() - after.count();
    return new GroupChanges(false, same, Math.max(0, fewer), 0, Math.max(0, -fewer), 0, List.of());
  }

  /** Walks through both, key by key. */
  private static final class Comparison {
    private final String entry;
    private final KeptKeys before;
    private final KeptKeys after;
    private final long readAtMillis;
    private final long apartMillis;
    private final Predicate<String> leftOut;
    private final boolean newOnesCount;
    private final List<String> missing = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> extra = new ArrayList<>();
    private long missingCount;
    private long changedCount;
    private long extraCount;
    private long expired;

    Comparison(
        String entry,
        GroupImage before,
        GroupImage after,
        Predicate<String> leftOut,
        boolean newOnesCount) {
      this.entry = entry;
      this.leftOut = leftOut;
      this.newOnesCount = newOnesCount;
      this.before = before.kept().orElseThrow();
      this.after = after.kept().orElseThrow();
      this.readAtMillis = after.readAt().toEpochMilli();
      this.apartMillis = Duration.between(before.readAt(), after.readAt()).abs().toMillis();
    }

    GroupChanges run() {
      int was = 0;
      int is = 0;
      while (was < before.size() || is < after.size()) {
        int order = order(was, is);
        if (order < 0) {
          gone(was++);
        } else if (order > 0) {
          extra(is++);
        } else {
          compare(was++, is++);
        }
      }
      List<String> examples = new ArrayList<>(missing);
      examples.addAll(changed);
      examples.addAll(extra);
      return new GroupChanges(
          true,
          missingCount + changedCount + extraCount == 0,
          missingCount,
          changedCount,
          extraCount,
          expired,
          examples.stream().limit(Finding.MAX_EXAMPLES).toList());
    }

    private int order(int was, int is) {
      if (was == before.size()) {
        return 1;
      }
      return is == after.size() ? -1 : before.compareKeys(was, after, is);
    }

    private void extra(int is) {
      if (newOnesCount) {
        extraCount++;
        note(extra, after.key(is), " was not there before");
      }
    }

    private void gone(int was) {
      if (leftOut.test(before.key(was))) {
        return;
      }
      long expiry = before.expiresAtMillis(was);
      if (expiry != KeptKeys.NEVER && expiry <= readAtMillis) {
        expired++;
      } else {
        missingCount++;
        note(missing, before.key(was), " is missing");
      }
    }

    private void compare(int was, int is) {
      if (leftOut.test(before.key(was))) {
        return;
      }
      if (!before.holdsTheSame(was, after, is)) {
        changedCount++;
        note(changed, before.key(was), " differs");
      } else if (!expireAlike(before.expiresAtMillis(was), after.expiresAtMillis(is))) {
        changedCount++;
        note(
            changed,
            before.key(was),
            " differs: it was to expire "
                + shown(before.expiresAtMillis(was))
                + ", and now "
                + shown(after.expiresAtMillis(is)));
      }
    }

    private boolean expireAlike(long one, long other) {
      boolean bothExpire = one != KeptKeys.NEVER && other != KeptKeys.NEVER;
      return bothExpire ? Math.abs(one - other) <= apartMillis : one == other;
    }

    private static String shown(long expiry) {
      return expiry == KeptKeys.NEVER ? "never" : "at " + Instant.ofEpochMilli(expiry);
    }

    private void note(List<String> examples, String key, String what) {
      if (examples.size() < Finding.MAX_EXAMPLES) {
        examples.add(entry + " " + key + what);
      }
    }
  }
}
