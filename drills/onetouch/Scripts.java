package onetouch;

import dev.drillbook.site.Command;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Scripts that need to know more than the one component that they work on. */
final class Scripts {

  private Scripts() {}

  /**
   * {@code first}, run as it is, with all that the other finds in its environment besides.
   *
   * @param second the same script of another component
   */
  static Command both(Command first, Command second) {
    Set<String> secrets = new HashSet<>(first.secrets());
    secrets.addAll(second.secrets());
    return withEnvironment(first, () -> second.environment().get(), secrets);
  }

  /** The command with one variable more. */
  static Command with(Command command, String variable, String secret) {
    Set<String> secrets = new HashSet<>(command.secrets());
    secrets.add(secret);
    return withEnvironment(command, () -> Map.of(variable, secret), secrets);
  }

  private static Command withEnvironment(
      Command command, Supplier<Map<String, String>> more, Set<String> secrets) {
    return new Command(
        command.label(),
        command.program(),
        () -> {
          Map<String, String> environment = new HashMap<>(more.get());
          environment.putAll(command.environment().get());
          return environment;
        },
        command.folder(),
        secrets,
        command.launcher());
  }
}
