package dev.drillbook.site.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a host runs as an app.
 *
 * @param command its program and arguments
 * @param folder where it works
 * @param environment what else it finds there, under what the plan and the site say
 */
public record AppStart(List<String> command, Path folder, Map<String, String> environment) {
  public AppStart {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
