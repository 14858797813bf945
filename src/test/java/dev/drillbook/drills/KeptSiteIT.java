package dev.drillbook.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code -Ddrill.keep} leaves the site of a drill that failed for somebody to look at, with the way
 * in and the way out.
 */
@Tag("alone")
class KeptSiteIT {
  private static final Path LOG = Path.of("target", "kept-site.log");
  private static final Pattern WAY_IN = Pattern.compile("db \\(process \\d+\\): (PGPASSFILE=.*)");
  private static final Pattern WAY_OUT = Pattern.compile("when you are done: (kill .*)");

  @Test
  void aSiteThatIsKeptCanBeEnteredAndTakenDownByThePrintedLines() throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddrill.keep",
                "-Ddrill.history=" + Path.of("target", "history-of-kept-sites.jsonl"),
                "-Dallure.results.directory=" + Path.of("target", "allure-results-of-tests"),
                RunOneFixture.class.getName(),
                Fixtures.LosesOneSeededRow.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start();
    assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();

    String wayOut = find(WAY_OUT);
    try {
      Path answer = Path.of("target", "kept-site-answer.txt");
      shell(find(WAY_IN) + " -At -c 'select count(*) from products' >" + answer);
      assertThat(Files.readString(answer)).isEqualTo("200\n");
    } finally {
      shell(wayOut);
    }

    String folder = wayOut.substring(wayOut.lastIndexOf(' ') + 1);
    assertThat(Path.of(folder)).doesNotExist();
  }

  private static String find(Pattern pattern) throws IOException {
    String log = Files.readString(LOG);
    Matcher matcher = pattern.matcher(log);
    assertThat(matcher.find()).as("'%s' in %s", pattern, log).isTrue();
    return matcher.group(1);
  }

  private static void shell(String command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("bash", "-c", command).inheritIO().start();
    assertThat(shell.waitFor()).as(command).isZero();
  }
}
