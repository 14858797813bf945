package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodesTest {

  @ParameterizedTest(name = "{0} rows more, sums more by {1} and {2}: {3}")
  @CsvSource({
    "0, 7, 35, 5",
    "0, -7, -35, 5",
    "1, 7, 0, 0",
    "-1, -3, -6442450941, 2147483647",
    "0, 3, 6442450944, ",
    "0, 7, 36, ",
    "0, 7, -35, ",
    "0, 0, 0, ",
    "0, 0, 5, ",
    "2, 7, 35, ",
    "-2, 7, 35, ",
  })
  void aSingleRowIsNamedByTheQuotientOfItsSums(long rows, long high, long weighted, Long keyHash) {
    assertThat(sums(rows, high, weighted).keyHash().orElse(null)).isEqualTo(keyHash);
  }

  @Test
  void aDifferenceIsTakenOfEverySum() {
    Nodes.Sums difference = sums(5, 7, 9).minus(sums(1, 2, 3));
    assertThat(difference).isEqualTo(sums(4, 5, 6));
  }

  @Test
  void theOuterLeavesAreOpen() {
    List<List<String>> bounds = List.of(List.of("10"), List.of("20"));
    assertThat(Nodes.range(bounds, 0, 1)).hasToString("from the first up to before (10)");
    assertThat(Nodes.range(bounds, 1, 2)).hasToString("from (10) up to before (20)");
    assertThat(Nodes.range(bounds, 2, 3)).hasToString("from (20) to the last");
    assertThat(Nodes.range(bounds, 0, 3)).hasToString("from the first to the last");
    assertThat(Nodes.range(List.of(), 0, 1)).isEqualTo(KeyRange.ALL);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2047, 1", "2048, 2", "5000000, 4096", "4194304, 4096", "4193279, 4094"})
  void aTableIsCutIntoLeavesOfAThousandRowsUpToALimit(long rows, int leaves) {
    assertThat(Nodes.leavesOf(rows)).isEqualTo(leaves);
  }

  @Test
  void boundsAreTakenFromTheSampleAtEqualDistances() {
    List<List<String>> sample =
        IntStream.range(0, 100).mapToObj(i -> List.of(Integer.toString(i))).toList();
    assertThat(BoundsReader.everyOther(sample, 4))
        .containsExactly(List.of("25"), List.of("50"), List.of("75"));
    assertThat(BoundsReader.everyOther(sample.subList(0, 2), 4))
        .containsExactly(List.of("0"), List.of("1"));
    assertThat(BoundsReader.everyOther(List.of(), 4)).isEmpty();
  }

  private static Nodes.Sums sums(long rows, long high, long weighted) {
    return new Nodes.Sums(
        new Fingerprint(rows, BigInteger.valueOf(high + weighted)),
        BigInteger.valueOf(high),
        BigInteger.valueOf(weighted));
  }

  @Test
  void fingerprintsAddUp() {
    Fingerprint one = new Fingerprint(1, new BigInteger("18446744073709551615"));
    assertThat(one.plus(one).minus(one)).isEqualTo(one);
    assertThat(one.minus(one)).isEqualTo(Fingerprint.OF_NOTHING);
    assertThat(one.plus(one)).hasToString("2:1fffffffffffffffe");
  }
}
