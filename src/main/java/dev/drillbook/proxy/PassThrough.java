package dev.drillbook.proxy;

/** Does nothing: what a toxic is to the connections that its toxicity spares. */
final class PassThrough implements Effect {
  @Override
  public long run(Stage stage, long nowNanos) {
    while (stage.head() != null && stage.canPass()) {
      stage.pass();
    }
    return NEVER;
  }
}
