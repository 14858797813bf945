package dev.drillbook.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of drills of one scenario. Each of its test methods takes a {@link
 * dev.drillbook.run.DrillRun}, declares the drill on it and ends with {@code meetsItsObjectives()}.
 * A method that ends without running its drill fails.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DrillExtension.class)
public @interface Drill {

  /**
   * The plan: a system's name, whose plan is {@code drills/NAME/plan.yaml}, or the path of a plan
   * file, which ends in {@code .yaml}. Both are relative to the working directory.
   */
  String plan();

  /** The scenario's id in the plan. */
  String scenario();
}
