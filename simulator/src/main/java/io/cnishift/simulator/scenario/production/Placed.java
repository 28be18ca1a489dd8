package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Pod;

/**
 * A pod of an app on a host.
 *
 * @param number among the pods of the app, from 0; of a StatefulSet its ordinal
 */
record Placed(App app, int number, Host host) {

    String name() {
        return switch (app.kind()) {
            case "StatefulSet" -> app.name() + "-" + number;
            case "Deployment" -> app.name() + "-" + app.hash() + "-" + suffix();
            default -> app.name() + "-" + suffix();
        };
    }

    String key() {
        return app.namespace() + "/" + name();
    }

    private String suffix() {
        return Ids.suffix(app.key(), number);
    }

    Pod.OwnerRef controller() {
        return app.kind().equals("Deployment")
                ? new Pod.OwnerRef("ReplicaSet", app.name() + "-" + app.hash(), Ids.uid(app.key() + " set"))
                : new Pod.OwnerRef(app.kind(), app.name(), Ids.uid(app.key()));
    }

    /** The claim of its volume, where it has one. */
    String claim() {
        return "data-" + name();
    }
}
