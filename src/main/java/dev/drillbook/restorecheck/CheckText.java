package dev.drillbook.restorecheck;

import dev.drillbook.plan.DataSize;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import java.util.Locale;

/** What a check came to, for people. */
public final class CheckText {
  private CheckText() {}

  /** A paragraph on one backup: what was done, how long it took, and what is wrong. */
  public static String of(RestoreCheckRecord record) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "restore check %s/%s: %s, %s"
            .formatted(
                record.system(),
                record.policy(),
                record.verdict(),
                record.backup().isEmpty() ? "no backup" : backup(record)));
    record
        .components()
        .forEach(component -> line(text, "  on " + record.site() + ": " + component));
    for (Stage stage : record.stages()) {
      line(
          text,
          "  %-10s %10s  %s"
              .formatted(stage.name(), DurationText.of(stage.took()), amount(stage))
              .stripTrailing());
    }
    for (CheckResult check : record.checks()) {
      line(text, "  %-7s %s: %s".formatted(check.verdict(), check.name(), check.coverage()));
    }
    record.notes().forEach(note -> line(text, "  note: " + note));
    int number = 0;
    for (Finding finding : record.findings()) {
      append(text, ++number, finding);
    }
    return text.toString();
  }

  private static String backup(RestoreCheckRecord record) {
    String taken = record.takenAt().map(at -> ", taken " + at).orElse("");
    return record.backup() + " (" + size(record.storedBytes()) + taken + ")";
  }

  private static String amount(Stage stage) {
    if (stage.bytesIn() == 0 || stage.took().isZero()) {
      return "";
    }
    double perSecond = stage.bytesIn() / (stage.took().toNanos() / 1e9);
    return size(stage.bytesIn()) + String.format(Locale.ROOT, ", %.1f MB/s", perSecond / 1e6);
  }

  private static String size(long bytes) {
    return bytes == 0 ? "0 bytes" : new DataSize(bytes).toString();
  }

  private static void append(StringBuilder text, int number, Finding finding) {
    line(text, "");
    line(text, number + ". " + finding.verdict() + ": " + finding.subject());
    line(text, "     expected  " + indented(finding.expected()));
    line(text, "     found     " + indented(finding.found()));
    finding.examples().forEach(example -> line(text, "       e.g.    " + indented(example)));
    line(text, "     hint      " + indented(finding.hint()));
  }

  private static String indented(String text) {
    return text.replace("\n", "\n               ");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
