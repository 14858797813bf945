package dev.drillbook.site.embedded;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment of whoever runs the drill, and what a site's processes may inherit of it.
 *
 * @param variables all of them, as {@link System#getenv()} has them
 */
record OperatorEnvironment(Map<String, String> variables) {
  private static final Pattern SECRET_NAME =
      Pattern.compile("PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|PRIVATE|_KEY$");

  /** Blanking out anything shorter would blank out words that are no secret. */
  private static final int SECRET_LENGTH = 6;

  OperatorEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * What clients of stores listen to: libpq, MongoDB's tools, redis-cli, the AWS SDKs and tools,
   * rclone and MinIO's client.
   */
  private static final List<String> LEADING_ELSEWHERE =
      List.of("PG", "MONGO", "REDISCLI_", "AWS_", "RCLONE_", "MC_HOST_");

  /**
   * The AWS tools also listen to files of the operator's, and to the machine if it is in a cloud.
   */
  private static final Map<String, String> NO_CLOUD =
      Map.of(
          "AWS_CONFIG_FILE", "/dev/null",
          "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
          "AWS_EC2_METADATA_DISABLED", "true");

  /**
   * All but the variables that clients of stores listen to: one PGSERVICE or AWS_PROFILE of the
   * operator's would lead a restore to a store that is not the drill's. Messages are in English,
   * because error lines are looked for in them.
   */
  Map<String, String> inherited() {
    Map<String, String> inherited = new HashMap<>(variables);
    inherited
        .keySet()
        .removeIf(variable -> LEADING_ELSEWHERE.stream().anyMatch(variable::startsWith));
    String everything = inherited.remove("LC_ALL");
    if (everything != null && !everything.isEmpty()) {
      // It overrode the others. Said through LANG it does the same, and leaves messages to us.
      inherited.keySet().removeIf(variable -> variable.startsWith("LC_"));
      inherited.put("LANG", everything);
    }
    inherited.put("LC_MESSAGES", "C");
    inherited.putAll(NO_CLOUD);
    return inherited;
  }

  /** The values that look like secrets by the names of their variables. */
  Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    variables.forEach(
        (name, value) -> {
          if (value.length() >= SECRET_LENGTH
              && SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).find()) {
            secrets.add(value);
          }
        });
    return secrets;
  }
}
