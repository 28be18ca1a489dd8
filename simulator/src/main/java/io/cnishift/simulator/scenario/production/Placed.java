package io.cnishift.simulator.scenario.production;

/**
 * A pod of an app on a host.
 *
 * @param number among the pods of the app, from 0; of a StatefulSet its ordinal
 * @param name as its controller made it
 */
record Placed(App app, int number, Host host, String name) {

    String key() {
        return app.namespace() + "/" + name;
    }

    /** The claim of its volume, where it has one. */
    String claim() {
        return "data-" + name;
    }
}
