package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.CreateAddonRequest;
import software.amazon.awssdk.services.eks.model.DeleteAddonRequest;
import software.amazon.awssdk.services.eks.model.ResolveConflicts;
import software.amazon.awssdk.services.eks.model.UpdateAddonRequest;

/** EKS add-ons. Each change takes its while; the engine sees the end of it in its readings. */
final class AddonWrites {

    private static final String EKS = "eks";
    private static final Set<String> UNDER_WAY = Set.of("CREATING", "UPDATING", "DELETING");

    private AddonWrites() {}

    static void in(ActBook book) {
        book.on(CreateAddon.class, (at, a) -> before(at, a.name()), AddonWrites::create);
        book.on(UpdateAddon.class, (at, a) -> before(at, a.name()), AddonWrites::update);
        book.on(DeleteAddon.class, (at, a) -> before(at, a.name()), (at, a) -> delete(at, a.name()));
    }

    private static Optional<Addon> find(Writing at, String name) {
        return Writing.found(() -> at.apis().eks().addon(at.cluster(), name))
                .map(addon -> ClusterRecords.addon(addon, new Collected()));
    }

    private static Map<String, Object> before(Writing at, String name) {
        return find(at, name)
                .map(a -> ActResults.tree(
                        "name",
                        a.name(),
                        "version",
                        a.version(),
                        "status",
                        a.status(),
                        "configuration",
                        a.configuration(),
                        "serviceAccountRole",
                        a.serviceAccountRole().orElse(null),
                        "tags",
                        own(a.tags())))
                .orElse(Map.of());
    }

    /** Those that can be given again: AWS keeps some names for itself. */
    private static @Nullable Map<String, Object> own(Map<String, String> tags) {
        Map<String, Object> own = new TreeMap<>(tags);
        own.keySet().removeIf(key -> key.startsWith("aws:"));
        return own.isEmpty() ? null : own;
    }

    private static ActResult create(Writing at, CreateAddon act) {
        CreateAddonRequest.Builder request = CreateAddonRequest.builder()
                .clusterName(at.cluster())
                .addonName(act.name())
                .resolveConflicts(ResolveConflicts.OVERWRITE)
                .clientRequestToken(at.tokens().making(act));
        if (!act.version().isEmpty()) {
            request.addonVersion(act.version());
        }
        act.serviceAccountRole().ifPresent(request::serviceAccountRoleArn);
        if (!act.tags().isEmpty()) {
            request.tags(act.tags());
        }
        if (!act.configuration().isEmpty()) {
            request.configurationValues(Serialization.asJson(act.configuration()));
        }
        try {
            at.calls().write(EKS, "CreateAddon", () -> at.clients().eks().createAddon(request.build()));
            return ActResults.done("name", act.name());
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.BUSY
                    || find(at, act.name())
                            .filter(a -> !a.status().equals("DELETING"))
                            .isEmpty()) {
                throw failure;
            }
            return at.calls().inDoubt()
                    ? ActResults.done("name", act.name())
                    : ActResults.no(Reason.EXISTS, "ResourceInUseException: add-on " + act.name() + " exists already");
        }
    }

    /**
     * Writes the whole document. The role goes along even where it stays: without it EKS lets the add-on use the role of the
     * nodes. The version and the Pod Identity associations stay when nothing is said of them.
     */
    private static ActResult update(Writing at, UpdateAddon act) {
        Optional<Addon> old = find(at, act.name());
        if (old.isEmpty()) {
            return ActResults.no(Reason.GONE, "ResourceNotFoundException: no add-on " + act.name());
        }
        if (UNDER_WAY.contains(old.get().status())) {
            return ActResults.no(
                    Reason.BUSY,
                    "ResourceInUseException: add-on " + act.name() + " is "
                            + old.get().status());
        }
        UpdateAddonRequest.Builder request = UpdateAddonRequest.builder()
                .clusterName(at.cluster())
                .addonName(act.name())
                .resolveConflicts(ResolveConflicts.PRESERVE)
                .configurationValues(Serialization.asJson(act.configuration()))
                .clientRequestToken(at.tokens().changing(act));
        act.version().ifPresent(request::addonVersion);
        act.roleToSend(old).ifPresent(request::serviceAccountRoleArn);
        at.calls().write(EKS, "UpdateAddon", () -> at.clients().eks().updateAddon(request.build()));
        return ActResults.done();
    }

    private static ActResult delete(Writing at, String name) {
        Optional<Addon> addon = find(at, name);
        if (addon.isEmpty() || addon.get().status().equals("DELETING")) {
            return ActResults.done();
        }
        DeleteAddonRequest request = DeleteAddonRequest.builder()
                .clusterName(at.cluster())
                .addonName(name)
                .build();
        Writing.found(() ->
                at.calls().write(EKS, "DeleteAddon", () -> at.clients().eks().deleteAddon(request)));
        return ActResults.done();
    }
}
