package io.cnishift.it.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A control plane with controllers and a scheduler: the one that {@code CNISHIFT_IT_KUBECONFIG} leads to, which must have no nodes of its
 * own, or one that is started from the binaries in {@code KUBEBUILDER_ASSETS}.
 */
record RealControlPlane(Path kubeconfig, AutoCloseable end) implements AutoCloseable {

    static final String KUBECONFIG = "CNISHIFT_IT_KUBECONFIG";
    private static final String ASSETS = "KUBEBUILDER_ASSETS";

    /** Why there is none; empty when one is there or can be started. */
    static Optional<String> absent() {
        if (variable(KUBECONFIG).isPresent()) {
            return Optional.empty();
        }
        if (variable(ASSETS).isEmpty()) {
            return Optional.of("neither " + ASSETS + " nor " + KUBECONFIG + " is set");
        }
        return ControlPlane.controllersIn(path(ASSETS).orElseThrow())
                ? Optional.empty()
                : Optional.of("kube-controller-manager and kube-scheduler are not in " + ASSETS);
    }

    /** Whether it is somebody's, who is left with what a migration made of it: one runs on it and not a second. */
    static boolean given() {
        return variable(KUBECONFIG).isPresent();
    }

    static RealControlPlane open(Path folder) throws IOException {
        Optional<Path> given = path(KUBECONFIG);
        if (given.isPresent()) {
            return new RealControlPlane(given.get(), () -> {});
        }
        ControlPlane plane = ControlPlane.start(path(ASSETS).orElseThrow(), Files.createDirectories(folder))
                .withControllers();
        return new RealControlPlane(plane.kubeconfig(), plane);
    }

    /** What the environment says, where it says something. */
    static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Path> path(String name) {
        return variable(name).map(Path::of);
    }

    @Override
    public void close() throws Exception {
        end.close();
    }
}
