package dev.drillbook.report.allure;

import io.qameta.allure.model.Link;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a reader of the report finds the plan. */
final class PlanLink {
  private PlanLink() {}

  /**
   * A link to the plan at the commit that was drilled, where the CI says what that is.
   *
   * @param plan its file, below {@code checkout}
   */
  static Optional<Link> of(Path plan, Path checkout, Map<String, String> environment) {
    Path root = checkout.toAbsolutePath().normalize();
    Path file = plan.toAbsolutePath().normalize();
    if (!file.startsWith(root)) {
      return Optional.empty();
    }
    String path = root.relativize(file).toString().replace('\\', '/');
    return repository(environment)
        .map(blob -> new Link().setName("plan").setType("custom").setUrl(blob + "/" + path));
  }

  private static Optional<String> repository(Map<String, String> environment) {
    String github = environment.get("GITHUB_SERVER_URL");
    if (github != null) {
      return Optional.of(
          "%s/%s/blob/%s"
              .formatted(
                  github,
                  environment.getOrDefault("GITHUB_REPOSITORY", ""),
                  environment.getOrDefault("GITHUB_SHA", "HEAD")));
    }
    return Optional.ofNullable(environment.get("CI_PROJECT_URL"))
        .map(project -> project + "/-/blob/" + environment.getOrDefault("CI_COMMIT_SHA", "HEAD"));
  }
}
