package dev.drillbook.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a {@code plan.yaml} and validates it as a whole, in one pass, before anything runs.
 *
 * <p>Any mapping of the file may hold {@code asWritten: {key: original, reason: "...", finding:
 * AB-3}}, which says that the runbook itself has another value for the key beside it, why the plan
 * departs from it, and (optional) which finding shows what the runbook's value does.
 */
public final class PlanLoader {
  private PlanLoader() {}

  /**
   * The plan with its corrected values, each of them recorded in {@link DrillPlan#corrections()}.
   *
   * @throws PlanException if the file cannot be read or anything in it is wrong; it lists all that
   *     is
   */
  public static DrillPlan load(Path file) {
    return load(file, AsWritten.Reading.CORRECTED);
  }

  /**
   * The plan with the runbook's own values in place of the corrected ones, and no corrections; to
   * show what following the runbook to the letter would do.
   *
   * @throws PlanException as {@link #load}, and also if the runbook's own values make no valid plan
   */
  public static DrillPlan loadAsWritten(Path file) {
    return load(file, AsWritten.Reading.AS_WRITTEN);
  }

  private static DrillPlan load(Path file, AsWritten.Reading reading) {
    Problems problems = new Problems(file);
    Optional<Yaml.Mapping> tree = YamlFile.read(file, problems);
    if (tree.isEmpty()) {
      problems.throwIfAny();
      throw new IllegalStateException("no tree, and no problem that says why: " + file);
    }
    AsWritten asWritten = new AsWritten(reading, problems);
    Yaml.Mapping resolved = asWritten.resolve(tree.get());
    return new PlanReader(file, resolved, problems).read(asWritten.corrections());
  }
}
