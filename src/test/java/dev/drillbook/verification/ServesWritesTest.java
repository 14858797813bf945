package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServesWritesTest {

  private interface Read {
    Optional<String> read() throws IOException;
  }

  @Test
  void aWriteThatReadsBackPasses() {
    assertThat(check(timeout -> {}, () -> Optional.of("1")).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aWriteThatIsRefusedFails() {
    CheckResult result =
        check(
            timeout -> {
              throw new RefusedException("503");
            },
            () -> Optional.of("1"));
    assertFails(result, "the write was not acknowledged");
  }

  @Test
  void aWriteThatReadsBackDifferentlyFails() {
    assertFails(check(timeout -> {}, Optional::empty), "read back nothing instead of 1");
    assertFails(check(timeout -> {}, () -> Optional.of("2")), "read back 2 instead of 1");
  }

  @Test
  void aReadThatFailsFails() {
    CheckResult result =
        check(
            timeout -> {},
            () -> {
              throw new IOException("reset");
            });
    assertFails(result, "the read-back failed: java.io.IOException: reset");
  }

  private static void assertFails(CheckResult result, String found) {
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).isEqualTo(found));
  }

  private static CheckResult check(Operation.Request write, Read read) {
    Evidence evidence =
        Evidences.of(
            new Evidences.Silent() {
              @Override
              public Operation insert(String tag) {
                return new Operation(Operation.Kind.INSERT, tag, "1", write);
              }

              @Override
              public Optional<String> read(String key, Duration timeout) throws IOException {
                return read.read();
              }
            });
    return Examiner.examine(List.of(ServesWrites.servesWrites()), evidence).get(0);
  }
}
