package dev.drillbook.objective;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The straight line through points with the least sum of squared distances in y, and how far a
 * further point may be from it. The formulas are those of the simple linear regression model with
 * independent errors of one normal distribution, as in Draper and Smith, Applied Regression
 * Analysis, 3rd edition, sections 1.2 to 1.4 and 3.1.
 */
final class LeastSquares {
  private final int count;
  private final double meanX;
  private final double spreadX;
  private final double slope;
  private final double intercept;
  private final double residual;

  /**
   * @param x at least two different values
   * @param y as many
   */
  LeastSquares(double[] x, double[] y) {
    count = x.length;
    meanX = mean(x);
    double meanY = mean(y);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      squares += (x[i] - meanX) * (x[i] - meanX);
      products += (x[i] - meanX) * (y[i] - meanY);
    }
    spreadX = squares;
    slope = products / squares;
    intercept = meanY - slope * meanX;
    double rest = 0;
    for (int i = 0; i < count; i++) {
      double off = y[i] - at(x[i]);
      rest += off * off;
    }
    residual = Math.sqrt(rest / degreesOfFreedom());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Two less than there are points, for the two values that the line is made of. */
  int degreesOfFreedom() {
    return count - 2;
  }

  double slope() {
    return slope;
  }

  /** The line's y at zero. */
  double intercept() {
    return intercept;
  }

  /** The standard deviation of the points from the line; NaN for two points. */
  double residual() {
    return residual;
  }

  /** The line's y at {@code x}. */
  double at(double x) {
    return intercept + slope * x;
  }

  /**
   * Half the width of the interval around the line that a further point at {@code x} falls into
   * with probability {@code confidence}: its own scatter, and the line's uncertainty.
   */
  double predictionHalfWidth(double x, double confidence) {
    return quantile(confidence) * residual * Math.sqrt(1 + leverage(x));
  }

  /** The same for the line itself: where its true y at {@code x} may be. */
  double meanHalfWidth(double x, double confidence) {
    return quantile(confidence) * residual * Math.sqrt(leverage(x));
  }

  private double leverage(double x) {
    return 1.0 / count + (x - meanX) * (x - meanX) / spreadX;
  }

  /** Half of what is left out lies on either side, so 0.9 asks for the 95 % quantile. */
  private double quantile(double confidence) {
    return TDistribution.of(degreesOfFreedom()).inverseCumulativeProbability((1 + confidence) / 2);
  }
}
