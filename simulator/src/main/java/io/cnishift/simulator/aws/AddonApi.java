package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** EKS add-ons: made, changed and deleted one change at a time, each taking its while. */
public final class AddonApi implements Behaviour {

    @Override
    public String id() {
        return "addon-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks CreateAddon, UpdateAddon, DeleteAddon; domain.md 7.4, 11.2";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        AddonLife life = new AddonLife(kernel);
        // what was under way when the snapshot was taken goes on
        cloud.view().all(Part.ADDONS, Addon.class).forEach(life::goOn);
        acts.on(CreateAddon.class, a -> before(cloud, a.name()), a -> create(cloud, life, a));
        acts.on(
                UpdateAddon.class,
                a -> before(cloud, a.name()),
                a -> with(cloud, a.name(), o -> update(cloud, life, o, a)));
        acts.on(DeleteAddon.class, a -> before(cloud, a.name()), a -> delete(cloud, life, a.name()));
    }

    private static Map<String, Object> before(Cloud cloud, String name) {
        return cloud.view()
                .addon(name)
                .map(a -> Trees.of(
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

    private static @Nullable Map<String, Object> own(Map<String, String> tags) {
        Map<String, Object> own = new TreeMap<>(tags);
        own.keySet().removeIf(key -> key.startsWith("aws:"));
        return own.isEmpty() ? null : own;
    }

    private static ActResult create(Cloud cloud, AddonLife life, CreateAddon act) {
        if (cloud.view().addon(act.name()).isPresent()) {
            return Acts.no(Reason.EXISTS, "ResourceInUseException: add-on " + act.name() + " exists already");
        }
        Addon made = new Addon(
                act.name(),
                act.version(),
                "CREATING",
                act.configuration(),
                act.serviceAccountRole(),
                false,
                List.of(),
                act.tags());
        cloud.put(made);
        life.creating(made);
        return Acts.done("name", act.name());
    }

    private static ActResult update(Cloud cloud, AddonLife life, Addon old, UpdateAddon act) {
        if (!old.status().equals("ACTIVE") && !old.status().equals("DEGRADED")) {
            return Acts.no(Reason.BUSY, "ResourceInUseException: add-on " + act.name() + " is " + old.status());
        }
        Addon updating = new Addon(
                old.name(),
                act.version().orElse(old.version()),
                "UPDATING",
                act.configuration(),
                act.roleToSend(Optional.of(old)),
                old.podIdentity(),
                List.of(),
                old.tags());
        cloud.put(updating);
        life.updating(old, updating);
        return Acts.done();
    }

    private static ActResult delete(Cloud cloud, AddonLife life, String name) {
        Optional<Addon> addon = cloud.view().addon(name);
        if (addon.isEmpty() || addon.get().status().equals("DELETING")) {
            return Acts.done();
        }
        cloud.put(AddonLife.in(addon.get(), "DELETING", List.of()));
        life.deleting(name);
        return Acts.done();
    }

    private static ActResult with(Cloud cloud, String name, Function<Addon, ActResult> call) {
        return cloud.view()
                .get(Part.ADDONS, Addon.class, name)
                .map(call)
                .orElseGet(() -> Acts.no(Reason.GONE, "ResourceNotFoundException: no add-on " + name));
    }
}
