package dev.drillbook.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

  /**
   * By hand: the means are 2.5 and 15, the sum of squares is 5 and that of products is 9, so that
   * the slope is 1.8 and the intercept 10.5; the residuals are -0.3, -0.1, 1.1 and -0.7, whose
   * squares sum up to 1.8, and 1.8 / 2 is 0.9. At 10 the leverage is 1/4 + 7.5² / 5 = 11.5.
   * Student's t of 2 degrees of freedom has its 95 % quantile at 2.919986 (any table).
   */
  @Test
  void anExampleWorkedOutByHand() {
    LeastSquares line = line(1, 12, 2, 14, 3, 17, 4, 17);
    assertThat(line.degreesOfFreedom()).isEqualTo(2);
    assertThat(line.slope()).isEqualTo(1.8, within(1e-12));
    assertThat(line.intercept()).isEqualTo(10.5, within(1e-12));
    assertThat(line.residual()).isEqualTo(Math.sqrt(0.9), within(1e-12));
    assertThat(line.at(10)).isEqualTo(28.5, within(1e-12));
    assertThat(line.predictionHalfWidth(10, 0.9))
        .isEqualTo(2.919986 * Math.sqrt(0.9 * 12.5), within(1e-5));
    assertThat(line.meanHalfWidth(10, 0.9))
        .isEqualTo(2.919986 * Math.sqrt(0.9 * 11.5), within(1e-5));
  }

  /**
   * The data set Norris of NIST's Statistical Reference Datasets with its certified values
   * (www.itl.nist.gov/div898/strd/lls/data/Norris.shtml).
   */
  @Test
  void thePublishedResultsOfNorris() {
    LeastSquares line =
        line(
            0.2, 0.1, 337.4, 338.8, 118.2, 118.1, 884.6, 888.0, 10.1, 9.2, 226.5, 228.1, 666.3,
            668.5, 996.3, 998.5, 448.6, 449.1, 777.0, 778.9, 558.2, 559.2, 0.4, 0.3, 0.6, 0.1,
            775.5, 778.1, 666.9, 668.8, 338.0, 339.3, 447.5, 448.9, 11.6, 10.8, 556.0, 557.7, 228.1,
            228.3, 995.8, 998.0, 887.6, 888.8, 120.2, 119.6, 0.3, 0.3, 0.3, 0.6, 556.8, 557.6,
            339.1, 339.3, 887.2, 888.0, 999.0, 998.5, 779.0, 778.9, 11.1, 10.2, 118.3, 117.6, 229.2,
            228.9, 669.1, 668.4, 448.9, 449.2, 0.5, 0.2);
    assertThat(line.intercept()).isEqualTo(-0.262323073774029, within(1e-11));
    assertThat(line.slope()).isEqualTo(1.00211681802045, within(1e-13));
    assertThat(line.residual()).isEqualTo(0.884796396144373, within(1e-12));
    assertThat(line.degreesOfFreedom()).isEqualTo(34);
  }

  /**
   * Ezekiel's stopping distances (1930), which R ships as {@code cars}; for a speed of 10, R's
   * predict.lm(interval = "prediction") says 21.74499, from -9.809601 to 53.29959 with 95 %.
   */
  @Test
  void thePublishedPredictionForStoppingDistances() {
    LeastSquares line =
        line(
            4, 2, 4, 10, 7, 4, 7, 22, 8, 16, 9, 10, 10, 18, 10, 26, 10, 34, 11, 17, 11, 28, 12, 14,
            12, 20, 12, 24, 12, 28, 13, 26, 13, 34, 13, 34, 13, 46, 14, 26, 14, 36, 14, 60, 14, 80,
            15, 20, 15, 26, 15, 54, 16, 32, 16, 40, 17, 32, 17, 40, 17, 50, 18, 42, 18, 56, 18, 76,
            18, 84, 19, 36, 19, 46, 19, 68, 20, 32, 20, 48, 20, 52, 20, 56, 20, 64, 22, 66, 23, 54,
            24, 70, 24, 92, 24, 93, 24, 120, 25, 85);
    double half = line.predictionHalfWidth(10, 0.95);
    assertThat(line.at(10)).isEqualTo(21.74499, within(5e-6));
    assertThat(line.at(10) - half).isEqualTo(-9.809601, within(5e-7));
    assertThat(line.at(10) + half).isEqualTo(53.29959, within(5e-6));
  }

  /** x and y in turn. */
  private static LeastSquares line(double... points) {
    return new LeastSquares(every(points, 0), every(points, 1));
  }

  private static double[] every(double[] points, int from) {
    return DoubleStream.iterate(from, i -> i < points.length, i -> i + 2)
        .map(i -> points[(int) i])
        .toArray();
  }
}
