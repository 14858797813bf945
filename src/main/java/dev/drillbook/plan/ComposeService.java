package dev.drillbook.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service of a Compose file says that a drill uses, its variables filled in.
 *
 * @param name in the Compose file
 * @param file the Compose file's name
 * @param image empty where it has none, and the plan does
 * @param environment what an app finds in its environment; empty of other components
 * @param entrypoint what an app's image runs; empty where that is the image's own
 * @param command the arguments of that; empty where they are the image's own
 * @param workingFolder of an app; empty where it is the image's own
 * @param secrets values of variables, which no report may show
 * @param unset variables that have no value, and left nothing in their place
 */
public record ComposeService(
    String name,
    String file,
    Optional<String> image,
    Map<String, String> environment,
    Optional<List<String>> entrypoint,
    Optional<List<String>> command,
    Optional<String> workingFolder,
    Set<String> secrets,
    Set<String> unset) {

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "service " + name + " of " + file;
  }
}
