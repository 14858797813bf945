package dev.drillbook.physical;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalToReplayTest {
  private static final long SEGMENT = 16L << 20;

  private static WalName name(String name) {
    return WalName.parse(name).orElseThrow();
  }

  private static List<WalName> names(String... names) {
    return Arrays.stream(names).map(WalToReplayTest::name).sorted().toList();
  }

  private static Optional<String> missing(Timelines way, List<WalName> there) {
    long first = there.get(0).number(SEGMENT);
    return way.firstMissing(first, way.last(there).orElseThrow(), new HashSet<>(there))
        .map(WalName::toString);
  }

  @Test
  void aNameIsAPlaceInTheLog() {
    assertThat(name("0000000100000000000000FF").number(SEGMENT)).isEqualTo(255);
    assertThat(name("000000010000000100000000").number(SEGMENT)).isEqualTo(256);
    assertThat(WalName.of(1, 256, SEGMENT)).hasToString("000000010000000100000000");
    assertThat(WalName.of(2, 4, 1L << 30)).hasToString("000000020000000100000000");
    assertThat(WalName.parse("000000010000000000000003.partial")).isEmpty();
    assertThat(WalName.parse("00000002.history")).isEmpty();
  }

  @Test
  void aGapIsFoundAcrossTheBorderOfNames() {
    Timelines way = Timelines.from(1, Map.of(), SEGMENT);
    assertThat(
            missing(
                way,
                names(
                    "0000000100000000000000FE",
                    "0000000100000000000000FF",
                    "000000010000000100000000")))
        .isEmpty();
    assertThat(missing(way, names("0000000100000000000000FE", "000000010000000100000000")))
        .hasValue("0000000100000000000000FF");
  }

  @Test
  void recoveryGoesOverToTheNewestTimeline() {
    Map<Integer, List<String>> histories =
        Map.of(2, List.of("1\t0/5000148\tno recovery target specified"), 4, List.of("unreachable"));
    Timelines way = Timelines.from(1, histories, SEGMENT);
    assertThat(way.parts())
        .containsExactly(new Timelines.Part(2, 5, Long.MAX_VALUE), new Timelines.Part(1, 0, 5));
    List<WalName> whole =
        names(
            "000000010000000000000004",
            "000000010000000000000005",
            "000000010000000000000006",
            "000000010000000000000007",
            "000000020000000000000005",
            "000000020000000000000006");
    assertThat(way.last(whole)).as("what timeline 1 went on to is of no use").hasValue(6);
    assertThat(missing(way, whole)).isEmpty();
    assertThat(
            missing(
                way,
                names(
                    "000000010000000000000004",
                    "000000010000000000000005",
                    "000000010000000000000006",
                    "000000020000000000000007")))
        .as("timeline 1 has one of that number, which is not on the way")
        .hasValue("000000020000000000000006");
  }

  @Test
  void anEmptyHistoryIsAnOldTimelineAlone() {
    assertThat(Timelines.from(3, Map.of(), SEGMENT).parts())
        .containsExactly(new Timelines.Part(3, 0, Long.MAX_VALUE));
  }

  @Test
  void whereRecoveryEndedIsHeldAgainstWhatIsArchived() {
    WalToReplay wal =
        new WalToReplay(
            Path.of("wal"),
            name("000000010000000000000003"),
            names("000000010000000000000003", "000000010000000000000004"),
            names("000000010000000000000003", "000000010000000000000004"),
            Timelines.from(1, Map.of(), SEGMENT));
    RecoveryLog quiet = new RecoveryLog(List.of("LOG:  redo done at 0/4000148"));
    RecoveryLog damaged =
        new RecoveryLog(
            List.of(
                "12:00 [1] LOG:  incorrect resource manager data checksum in record at 0/4000060"));
    assertThat(wal.cutShort(lsn("0/4000150"), quiet)).isEmpty();
    assertThat(wal.cutShort(lsn("0/5000000"), quiet)).as("it ended with a switch").isEmpty();
    assertThat(wal.cutShort(lsn("0/5000000"), damaged)).as("beyond what is archived").isEmpty();
    assertThat(wal.cutShort(lsn("0/4000060"), damaged).orElseThrow().found())
        .isEqualTo(
            "it ended at 0/4000060: LOG:  incorrect resource manager data checksum in record at 0/4000060");
    assertThat(wal.cutShort(lsn("0/4000000"), quiet)).as("nothing of the last is read").isPresent();
    assertThat(wal.cutShort(lsn("0/3FFFFF8"), quiet)).isPresent();
  }

  private static Lsn lsn(String text) {
    return Lsn.parse(text).orElseThrow();
  }
}
