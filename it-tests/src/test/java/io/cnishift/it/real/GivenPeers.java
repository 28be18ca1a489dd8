package io.cnishift.it.real;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Classes of tests take turns at peers that somebody gave; those that a class starts are its own. */
public final class GivenPeers implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return Stream.of(RealControlPlane.KUBECONFIG, Emulator.ENDPOINT)
                .filter(name -> RealControlPlane.variable(name).isPresent())
                .map(Lock::new)
                .collect(Collectors.toSet());
    }
}
