package dev.drillbook.report.allure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who ran the drills, field by field as Allure reads {@code executor.json}: the CI job, by the
 * variables that it sets, else this machine's user. Allure orders its trend by {@code buildOrder}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Executor(String name, String type, Long buildOrder, String buildName, String buildUrl) {

  static Executor of(Map<String, String> environment, Instant now) {
    if (environment.containsKey("GITHUB_ACTIONS")) {
      String run = environment.getOrDefault("GITHUB_RUN_NUMBER", "");
      String url =
          Optional.ofNullable(environment.get("GITHUB_SERVER_URL"))
              .map(
                  server ->
                      server
                          + "/"
                          + environment.getOrDefault("GITHUB_REPOSITORY", "")
                          + "/actions/runs/"
                          + environment.getOrDefault("GITHUB_RUN_ID", ""))
              .orElse(null);
      return new Executor("GitHub Actions", "github", number(run), "run " + run, url);
    }
    if (environment.containsKey("GITLAB_CI")) {
      String pipeline = environment.getOrDefault("CI_PIPELINE_IID", "");
      return new Executor(
          "GitLab CI",
          "gitlab",
          number(pipeline),
          "pipeline " + pipeline,
          environment.get("CI_PIPELINE_URL"));
    }
    if (environment.containsKey("JENKINS_URL")) {
      String build = environment.getOrDefault("BUILD_NUMBER", "");
      return new Executor(
          "Jenkins",
          "jenkins",
          number(build),
          environment.getOrDefault("JOB_NAME", "build") + " " + build,
          environment.get("BUILD_URL"));
    }
    return new Executor(
        "a run by hand", "local", now.getEpochSecond(), "run of " + now.toString(), null);
  }

  private static Long number(String text) {
    return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
  }
}
