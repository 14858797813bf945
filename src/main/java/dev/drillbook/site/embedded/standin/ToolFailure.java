package dev.drillbook.site.embedded.standin;

/** Why a program cannot do what it was told to; its message is for whoever wrote the script. */
final class ToolFailure extends RuntimeException {
  ToolFailure(String message) {
    super(message);
  }

  ToolFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
