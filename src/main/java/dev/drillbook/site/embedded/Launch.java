package dev.drillbook.site.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a server or app is started.
 *
 * @param component its name in the plan
 * @param command its program and arguments
 * @param asServer whether it runs as whom servers run, who may not be whom apps run as
 * @param environment all of its environment
 * @param last what is added to that for the program itself, and for nothing that starts it
 * @param folder where it works
 * @param log the file that its output is appended to
 * @param port the one that it listens on
 */
public record Launch(
    String component,
    List<String> command,
    boolean asServer,
    Map<String, String> environment,
    Map<String, String> last,
    Path folder,
    Path log,
    int port) {

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    last = Map.copyOf(last);
  }
}
