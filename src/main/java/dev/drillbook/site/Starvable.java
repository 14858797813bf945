package dev.drillbook.site;

import java.util.List;

/** Something whose processes can be kept from getting what they need. */
public interface Starvable extends Component {

  /** What a process can be short of. */
  enum Resource {
    /** Files and connections that a process may have open. */
    OPEN_FILES("nofile"),
    /** Bytes of address space that a process may have. */
    MEMORY("as");

    private final String option;

    Resource(String option) {
      this.option = option;
    }

    /** Its name among the options of prlimit(1). */
    public String option() {
      return option;
    }
  }

  /**
   * Limits each of its present processes, and so those that they start; a process that is started
   * anew, by {@link Startable#start}, has no such limit.
   *
   * @throws dev.drillbook.timeline.DrillException if this machine, or this user, cannot do so, with
   *     the reason; nothing has changed then
   */
  Shortage starve(Resource resource, long most);

  /** A limit that is in force. */
  interface Shortage extends Disturbance {

    /** The numbers of the processes that have the limit now. */
    List<Long> limited();

    /** The numbers of those that do not, among the component's. */
    List<Long> unlimited();
  }
}
