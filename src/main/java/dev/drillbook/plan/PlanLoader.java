package dev.drillbook.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code plan.yaml} and validates it as a whole, in one pass, before anything runs.
 *
 * <p>Any mapping of the file may hold {@code asWritten: {key: original, reason: "...", finding:
 * AB-3}}, which says that the runbook itself has another value for the key beside it, why the plan
 * departs from it, and (optional) which finding shows what the runbook's value does.
 */
public final class PlanLoader {
  private static final YamlFile.Expectation PLAN =
      new YamlFile.Expectation(
          "the plan", "begin with the key 'system:', then 'title:' and 'components:'");

  private PlanLoader() {}

  /**
   * The plan with its corrected values, each of them recorded in {@link DrillPlan#corrections()}.
   *
   * @throws PlanException if the file cannot be read or anything in it is wrong; it lists all that
   *     is
   */
  public static DrillPlan load(Path file) {
    return load(file, AsWritten.Reading.CORRECTED, System.getenv());
  }

  /**
   * The plan with the runbook's own values in place of the corrected ones, and no corrections; to
   * show what following the runbook to the letter would do.
   *
   * @throws PlanException as {@link #load}, and also if the runbook's own values make no valid plan
   */
  public static DrillPlan loadAsWritten(Path file) {
    return load(file, AsWritten.Reading.AS_WRITTEN, System.getenv());
  }

  /** As {@link #load(Path)}, for somebody with another environment than ours. */
  static DrillPlan load(Path file, Map<String, String> environment) {
    return load(file, AsWritten.Reading.CORRECTED, environment);
  }

  private static DrillPlan load(
      Path file, AsWritten.Reading reading, Map<String, String> environment) {
    Problems problems = new Problems(file);
    Optional<Yaml.Mapping> tree = YamlFile.read(file, PLAN, problems);
    if (tree.isEmpty()) {
      problems.throwIfAny();
      throw new IllegalStateException("no tree, and no problem that says why: " + file);
    }
    AsWritten asWritten = new AsWritten(reading, problems);
    Yaml.Mapping resolved = asWritten.resolve(tree.get());
    return new PlanReader(file, resolved, environment, problems).read(asWritten.corrections());
  }
}
