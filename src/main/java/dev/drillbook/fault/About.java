package dev.drillbook.fault;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the catalogue of faults, docs/faults.md, says of one; it is made of these. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface About {

  /** Which of the catalogue's tables it stands in. */
  Kind kind();

  /** What it does. */
  String does();

  /** Which components it can hit. */
  String hits();

  /** What it takes; empty for nothing special. */
  String needs() default "";

  /** How it is undone; empty where it is over once it is done, and the recovery's to repair. */
  String undone() default "";

  /** What shows that it bit. */
  String bites();

  /** The catalogue's tables, in their order. */
  enum Kind {
    PROCESS("Processes"),
    NETWORK("Network"),
    DATA("Data"),
    CACHE("Cache"),
    OBJECTS("Object store"),
    CREDENTIALS("Credentials"),
    DISK("Disk"),
    BACKUPS("Backups"),
    COMPOSED("Composed");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }
}
