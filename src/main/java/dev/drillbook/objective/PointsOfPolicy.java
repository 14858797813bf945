package dev.drillbook.objective;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PrimitiveIterator;

/**
 * The recovery points of one policy, in order and without end, from the schedules' horizon on.
 *
 * <p>A full backup is kept for its retention. An incremental one needs the newest full backup that
 * was complete when it was begun, and goes when that goes. A segment of the log also needs every
 * segment since that full backup was begun, so that it goes when the first of them goes.
 */
final class PointsOfPolicy {
  private static final long SECOND = 1_000_000_000L;

  private final PrimitiveIterator.OfLong executions;
  private final BackupPolicy.Kind kind;
  private final long takes;
  private final long retention;
  private final Bases bases;
  private Point first;

  private PointsOfPolicy(BackupPolicy policy, Duration takes, Bases bases) {
    this.executions = policy.schedule().orElseThrow().epochSecondsFrom(CronSchedule.HORIZON);
    this.kind = policy.kind();
    this.takes = takes.toNanos();
    this.retention = policy.retention().toNanos();
    this.bases = bases;
    this.first = nextPoint();
  }

  /**
   * Those of a full policy with a schedule, each of which can be restored once it took its time.
   */
  static PointsOfPolicy full(BackupPolicy policy, Duration takes) {
    return new PointsOfPolicy(policy, takes, null);
  }

  /** Those of a policy with a schedule that cannot be restored without one of {@code fulls}. */
  static PointsOfPolicy basedOn(PointsOfPolicy fulls, BackupPolicy policy, Duration takes) {
    return new PointsOfPolicy(policy, takes, new Bases(fulls));
  }

  /** The first point that was not removed yet. */
  Point first() {
    return first;
  }

  /** Removes the first point and returns it. */
  Point removeFirst() {
    Point point = first;
    first = nextPoint();
    return point;
  }

  private Point nextPoint() {
    Point point = null;
    while (point == null) {
      point = pointAt(executions.nextLong() * SECOND);
    }
    return point;
  }

  /** Null where it needs a full backup, and none is complete yet. */
  private Point pointAt(long taken) {
    if (bases == null) {
      return new Point(taken, taken + takes, taken + retention);
    }
    Base base = bases.at(taken);
    if (base == null) {
      return null;
    }
    long oldestNeeded = kind == BackupPolicy.Kind.WAL ? base.firstAfter() : taken;
    long keptUntil = Math.min(oldestNeeded + retention, base.full().keptUntil());
    return new Point(taken, taken + takes, keptUntil);
  }

  /** A full backup, and when the policy that needs it was first executed after it was begun. */
  private record Base(Point full, long firstAfter) {}

  /** The full backups, followed in step with the executions that need them. */
  private static final class Bases {
    private final PointsOfPolicy fulls;
    private final Deque<Base> incomplete = new ArrayDeque<>();
    private Base newestComplete;

    private Bases(PointsOfPolicy fulls) {
      this.fulls = fulls;
    }

    private Base at(long instant) {
      while (fulls.first().taken() < instant) {
        incomplete.add(new Base(fulls.removeFirst(), instant));
      }
      while (!incomplete.isEmpty() && incomplete.element().full().complete() <= instant) {
        newestComplete = incomplete.remove();
      }
      return newestComplete;
    }
  }
}
