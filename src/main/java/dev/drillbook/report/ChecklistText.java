package dev.drillbook.report;

import dev.drillbook.plan.ChecklistItem;
import dev.drillbook.run.ChecklistResult;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What is known of a plan's checklist after a drill, for people. */
public final class ChecklistText {

  private ChecklistText() {}

  /** A line per item; none where the plan has no checklist. */
  public static List<String> lines(DrillRecord record) {
    return record.checklist().stream().map(ChecklistText::line).toList();
  }

  /** How many passed, which did not, and how many are people's; empty without a checklist. */
  static List<String> summary(DrillRecord record) {
    List<ChecklistResult> checked =
        record.checklist().stream().filter(result -> result.verdict().isPresent()).toList();
    List<ChecklistResult> open =
        checked.stream().filter(result -> result.verdict().get() != Verdict.PASS).toList();
    int toSign = record.checklist().size() - checked.size();
    List<String> parts = new ArrayList<>();
    if (!checked.isEmpty()) {
      parts.add((checked.size() - open.size()) + " of " + checked.size() + " checked PASS");
    }
    open.forEach(result -> parts.add(result.item().id() + " " + result.verdict().get()));
    if (toSign > 0) {
      parts.add(toSign + " to be signed by people");
    }
    return parts.isEmpty() ? List.of() : List.of(String.join(", ", parts));
  }

  private static String line(ChecklistResult result) {
    if (result.item() instanceof ChecklistItem.Signed signed) {
      return signed.title()
          + ": to be signed by "
          + signed.role()
          + signed.within().map(within -> " within " + DurationText.of(within)).orElse("");
    }
    ChecklistItem.Checked checked = (ChecklistItem.Checked) result.item();
    return checked.title() + ": " + result.verdict().orElseThrow() + " (" + checked.check() + ")";
  }
}
