package dev.drillbook.run;

import dev.drillbook.plan.ChecklistItem;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Nearest;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import java.util.List;
import java.util.Optional;

/**
 * What a drill can say of an item of the plan's checklist.
 *
 * @param verdict that of the item's check, UNKNOWN where no such check ran; empty for what people
 *     sign for, of which a drill can say nothing
 */
public record ChecklistResult(ChecklistItem item, Optional<Verdict> verdict) {

  /** Every item, in the plan's order. */
  static List<ChecklistResult> of(List<ChecklistItem> items, List<CheckResult> checks) {
    return items.stream()
        .map(
            item ->
                new ChecklistResult(
                    item,
                    item instanceof ChecklistItem.Checked checked
                        ? Optional.of(verdict(checked, checks).orElse(Verdict.UNKNOWN))
                        : Optional.empty()))
        .toList();
  }

  /** A finding for each item whose check is none of {@code checks}, which are all that ran. */
  static List<Finding> unkept(List<ChecklistItem> items, List<CheckResult> checks) {
    List<String> names = checks.stream().map(CheckResult::name).distinct().toList();
    return items.stream()
        .filter(ChecklistItem.Checked.class::isInstance)
        .map(ChecklistItem.Checked.class::cast)
        .filter(item -> !names.contains(item.check()))
        .map(
            item ->
                Finding.unknown(
                    "checklist " + item.id(),
                    "the checklist promises '" + item.title() + "', by the check " + item.check(),
                    "the drill does not check it",
                    "add the check to the drill, or correct the plan's checklist; "
                        + Nearest.hint(item.check(), "the drill's checks are:", names)))
        .toList();
  }

  private static Optional<Verdict> verdict(ChecklistItem.Checked item, List<CheckResult> checks) {
    return checks.stream()
        .filter(check -> check.name().equals(item.check()))
        .map(CheckResult::verdict)
        .reduce(Verdict::and);
  }
}
