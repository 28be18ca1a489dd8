package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Creates an object in the second cluster as it stands in the first one, without what is {@link ClusterBound}. What is in it goes from
 * one API server to the other and is written down nowhere. One that exists there is left as it is, and the act is refused as
 * {@link io.cnishift.api.port.ActResult.Reason#EXISTS}.
 *
 * @param changes merged over it: what has to be other there, such as a CronJob that is to be suspended until it is needed
 */
public record CarryObject(ObjectRef object, Map<String, Object> changes) implements Act {

    private static final String STRIPPED =
            "del(.status, .metadata.uid, .metadata.resourceVersion, .metadata.generation,"
                    + " .metadata.creationTimestamp, .metadata.managedFields, .metadata.ownerReferences, .metadata.finalizers,"
                    + " .spec.volumeName?, .spec.claimRef?.uid, .spec.claimRef?.resourceVersion,"
                    + " .spec.healthCheckNodePort?, .spec.ports[]?.nodePort)"
                    + " | if .kind == \"Service\" and .spec.clusterIP != \"None\" then del(.spec.clusterIP, .spec.clusterIPs) else . end";

    public CarryObject {
        Objects.requireNonNull(object);
        changes = Tree.copy(changes);
    }

    /** As it is. */
    public static CarryObject of(ObjectRef object) {
        return new CarryObject(object, Map.of());
    }

    @Override
    public Api api() {
        return Api.KUBERNETES;
    }

    @Override
    public String target() {
        return object + " on the second cluster";
    }

    @Override
    public boolean repeatable() {
        // as with CreateObject
        return false;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:get " + object.resource(), "k8s:create " + object.resource());
    }

    @Override
    public String command(Surroundings at) {
        String filter = STRIPPED + (changes.isEmpty() ? "" : " | . * " + Json.write(changes));
        return "kubectl get -o json " + object.kubectl() + " | jq " + Shell.quoted(filter) + " | kubectl --context "
                + OnSecond.CONTEXT + " create --field-manager=cnishift -f -";
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty()
                ? Optional.of(new OnSecond(new DeleteObject(object, Optional.empty())))
                : Optional.empty();
    }
}
