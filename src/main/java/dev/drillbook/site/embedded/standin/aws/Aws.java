package dev.drillbook.site.embedded.standin.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

/**
 * Does what {@code aws s3} and {@code aws s3api} do, as version 2 does it.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/s3/">aws s3</a>
 */
public final class Aws {
  private static final Set<String> TRANSFERS = Set.of("cp", "mv", "rm", "sync");

  private final PrintStream out;

  private Aws(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    int exitCode = AwsFailure.GENERAL;
    // Nobody sees it before the end of a download to it, nor of a list.
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            UTF_8);
    try {
      exitCode = new Aws(out).run(arguments);
    } catch (AwsFailure e) {
      System.err.println("\n" + e.getMessage());
      exitCode = e.exitCode();
    } catch (IOException e) {
      System.err.println("\n" + e.getMessage());
    } finally {
      if (out.checkError() && exitCode == 0) {
        exitCode = AwsFailure.GENERAL;
      }
      System.exit(exitCode);
    }
  }

  private int run(String[] arguments) throws IOException {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      out.println("aws-cli/2.13 (Drillbook's own)");
      return 0;
    }
    int service = firstWord(arguments, 0);
    int command = firstWord(arguments, service + 1);
    return switch (word(arguments, service)) {
      case "s3" -> s3(word(arguments, command), arguments);
      case "s3api" -> s3api(word(arguments, command), arguments);
      default -> throw AwsFailure.lacks("aws " + word(arguments, service), "it has s3 and s3api");
    };
  }

  /** Options that stand before the names of service and command all take a value. */
  private static int firstWord(String[] arguments, int from) {
    int at = from;
    while (at < arguments.length && arguments[at].startsWith("--")) {
      at += arguments[at].contains("=") || arguments[at].startsWith("--no-") ? 1 : 2;
    }
    return at;
  }

  private static String word(String[] arguments, int at) {
    return at < arguments.length ? arguments[at] : "";
  }

  private int s3(String command, String[] arguments) throws IOException {
    if (command.equals("ls")) {
      Words words = Words.read(arguments, Set.of(), Listing.FLAGS);
      try (S3Service service = S3Service.of(words, System.getenv())) {
        return new Listing(service, words, out).run();
      }
    }
    if (!TRANSFERS.contains(command)) {
      throw AwsFailure.lacks("s3 " + command, "it has ls, cp, mv, rm and sync");
    }
    Words words =
        Words.read(
            arguments,
            Transfers.VALUES,
            command.equals("sync") ? Transfers.FLAGS_OF_SYNC : Transfers.FLAGS);
    try (S3Service service = S3Service.of(words, System.getenv())) {
      return new Transfers(service, words, command, out).run();
    }
  }

  private int s3api(String operation, String[] arguments) throws IOException {
    Words words = Words.read(arguments, S3Api.options(operation), Set.of());
    try (S3Service service = S3Service.of(words, System.getenv())) {
      out.print(S3Api.run(operation, service, words));
      return 0;
    }
  }
}
