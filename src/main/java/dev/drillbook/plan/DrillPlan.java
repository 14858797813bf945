package dev.drillbook.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A team's runbook as data; one file, one system. A plan that exists is valid: {@link PlanLoader}
 * refuses anything else.
 *
 * @param file where it was read from; scripts and schema files are relative to its folder
 * @param system the system's name, a Java identifier in lower case, also the name of its folder
 * @param title the system's name for people
 * @param components the stores and apps by name, in the file's order
 * @param backups what is backed up, how often, and for how long it is kept
 * @param scenarios the disasters the runbook plans for
 * @param objectives what is promised per component or service, in the file's order
 * @param escalation who is called when an outage lasts, in that order
 * @param checklist what must be so after every recovery
 * @param promises how far back stores can be taken, and how finely
 * @param productionSize how much data the production system holds; empty where the plan does not
 *     say
 * @param images which image plays a component on a site of containers, by its name, or by one of
 *     {@link #OTHER_IMAGES}
 * @param services which service of the team's own Compose file plays a component, by its name
 * @param restoreChecks how stored backups are checked every night, by their policy's id
 * @param corrections where this plan departs from the runbook as written, and why
 */
public record DrillPlan(
    Path file,
    String system,
    String title,
    Map<String, ComponentSpec> components,
    List<BackupPolicy> backups,
    List<Scenario> scenarios,
    List<Objective> objectives,
    List<EscalationLevel> escalation,
    List<ChecklistItem> checklist,
    List<RecoveryPromise> promises,
    Optional<DataSize> productionSize,
    Map<String, String> images,
    Map<String, ComposeService> services,
    Map<String, RestoreCheck> restoreChecks,
    List<Correction> corrections) {

  /**
   * What a site of containers has besides components: where scripts run, and the network's proxy.
   */
  public static final List<String> OTHER_IMAGES = List.of("toolbox", "network");

  /** The folder that holds the plan, its scripts and its schema. */
  public Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /** The image that the plan names for a component, or for what else there is, else its service. */
  public Optional<String> image(String name) {
    return Optional.ofNullable(images.get(name))
        .or(() -> Optional.ofNullable(services.get(name)).flatMap(ComposeService::image));
  }

  public Optional<Scenario> scenario(String id) {
    return scenarios.stream().filter(scenario -> scenario.id().equals(id)).findFirst();
  }

  /** Every policy that covers {@code component}, in the file's order. */
  public List<BackupPolicy> backupsOf(String component) {
    return backups.stream().filter(policy -> policy.component().equals(component)).toList();
  }

  public Optional<BackupPolicy> backup(String id) {
    return backups.stream().filter(policy -> policy.id().equals(id)).findFirst();
  }
}
