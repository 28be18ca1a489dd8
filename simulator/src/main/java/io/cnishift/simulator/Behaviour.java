package io.cnishift.simulator;

/** One thing that a real cluster does by itself. Each is registered by its own id, so that a test can leave it out. */
public interface Behaviour {

    /** Stable and unique, lower-case words joined by hyphens. */
    String id();

    /** Where the real behaviour is documented. */
    String source();

    /** Starts it: it listens to the store, schedules events, adds itself to the kernel's extension points. */
    void install(Kernel kernel);
}
