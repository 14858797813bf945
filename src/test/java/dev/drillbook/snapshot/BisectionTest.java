package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.snapshot.Original.Leaves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BisectionTest {

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "0, 7, 7", "0, 8, 8", "0, 100, 8", "5, 17, 8", "4000, 4096, 8"})
  void aRunIsCutIntoAtMostEightPartsThatCoverIt(int from, int to, int parts) {
    List<Leaves> cut = Bisection.parts(new Leaves(from, to));
    assertThat(cut).hasSize(parts).allMatch(part -> part.count() > 0);
    List<Integer> covered = new ArrayList<>();
    cut.forEach(part -> IntStream.range(part.from(), part.to()).forEach(covered::add));
    assertThat(covered).isEqualTo(IntStream.range(from, to).boxed().toList());
    assertThat(cut.stream().mapToInt(Leaves::count).max().orElseThrow())
        .isLessThanOrEqualTo((to - from + parts - 1) / parts);
  }
}
