package dev.drillbook.drills;

/** A JVM of its own that runs one fixture, for a test that ends it half-way. */
final class RunOneFixture {

  private RunOneFixture() {}

  public static void main(String[] args) throws ClassNotFoundException {
    RunFixture.run(Class.forName(args[0]));
  }
}
