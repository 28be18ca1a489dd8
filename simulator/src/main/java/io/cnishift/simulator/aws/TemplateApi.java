package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Launch template versions, made and deleted at once. Max-pods in the user data of a version that names no image is there for
 * nothing: EKS overrides it (see {@link KubeletMaxPods}).
 */
public final class TemplateApi implements Behaviour {

    @Override
    public String id() {
        return "template-api";
    }

    @Override
    public String source() {
        return "AWS SDK: ec2 CreateLaunchTemplateVersion; EKS user guide: launch templates; domain.md 2.2, 7.6";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        acts.on(CreateTemplateVersion.class, a -> Map.of(), a -> create(kernel, cloud, a));
        acts.on(DeleteTemplateVersion.class, a -> before(cloud, a), a -> delete(cloud, a));
        acts.checked(
                CreateTemplateVersion.class,
                a -> Optional.of(find(cloud, a.template(), a.source())
                        .map(source -> Acts.done())
                        .orElseGet(() -> noSource(a))));
        // EC2 does not know what node groups use
        acts.checked(DeleteTemplateVersion.class, a -> Optional.of(Acts.done()));
    }

    /** The group with that version in force, and the labels and taints that it registers. */
    static NodeGroup using(Cloud cloud, NodeGroup group, TemplateVersion version) {
        LaunchTemplate old = group.launchTemplate().orElseThrow();
        Optional<TemplateVersion> was = find(cloud, old.id(), old.version());
        Map<String, String> labels = new HashMap<>(group.labels());
        was.ifPresent(v -> labels.keySet().removeAll(v.labels().keySet()));
        labels.putAll(version.labels());
        List<Taint> taints = new ArrayList<>(group.taints());
        was.ifPresent(v -> taints.removeAll(v.taints()));
        version.taints().stream().filter(t -> !taints.contains(t)).forEach(taints::add);
        return GroupEdit.of(group)
                .launchTemplate(inForce(old, version))
                .registers(labels, taints, version.maxPods())
                .build();
    }

    /** What a group says of its template when that version is in force. */
    static LaunchTemplate inForce(LaunchTemplate old, TemplateVersion version) {
        boolean userData = version.maxPods().isPresent()
                || !version.labels().isEmpty()
                || !version.taints().isEmpty()
                || old.userData();
        return new LaunchTemplate(
                old.id(),
                old.name(),
                version.version(),
                version.imageId(),
                userData,
                version.hopLimit(),
                old.tokensRequired(),
                version.securityGroups(),
                old.reservation());
    }

    static Optional<TemplateVersion> find(Cloud cloud, String template, long version) {
        return cloud.view().get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, template + ":" + version);
    }

    private static ActResult create(Kernel kernel, Cloud cloud, CreateTemplateVersion act) {
        Optional<TemplateVersion> source = find(cloud, act.template(), act.source());
        if (source.isEmpty()) {
            return noSource(act);
        }
        long number = 1
                + cloud.view().all(Part.LAUNCH_TEMPLATES, TemplateVersion.class).stream()
                        .filter(v -> v.template().equals(act.template()))
                        .mapToLong(TemplateVersion::version)
                        .max()
                        .orElse(0);
        TemplateVersion made = copy(source.get(), number, act);
        cloud.put(made);
        TemplateJoins.of(kernel).made(source.get(), number, act);
        return new ActResult.Performed(
                Trees.of("version", number, "imageId", made.imageId().orElse(null)));
    }

    private static ActResult noSource(CreateTemplateVersion act) {
        return Acts.no(
                Reason.INVALID, "InvalidLaunchTemplateVersion: " + act.template() + " has no version " + act.source());
    }

    private static TemplateVersion copy(TemplateVersion source, long number, CreateTemplateVersion act) {
        Map<String, String> labels = new HashMap<>(source.labels());
        labels.putAll(act.labels());
        List<Taint> taints = new ArrayList<>(source.taints());
        act.taints().stream().filter(t -> !taints.contains(t)).forEach(taints::add);
        OptionalInt maxPods = act.maxPods().isPresent() ? act.maxPods() : source.maxPods();
        Optional<String> image = act.imageId().or(source::imageId);
        return new TemplateVersion(
                source.template(),
                number,
                act.description(),
                image,
                maxPods,
                act.hopLimit().orElse(source.hopLimit()),
                labels,
                taints,
                source.securityGroups());
    }

    private static ActResult delete(Cloud cloud, DeleteTemplateVersion act) {
        boolean used = cloud.view().nodeGroups().stream()
                .anyMatch(g -> g.launchTemplate()
                        .filter(t -> t.id().equals(act.template()) && t.version() == act.version())
                        .isPresent());
        if (used) {
            return Acts.no(Reason.BUSY, act.target() + " is in use by a node group");
        }
        cloud.remove(Part.LAUNCH_TEMPLATES, act.template() + ":" + act.version());
        return Acts.done();
    }

    private static Map<String, Object> before(Cloud cloud, DeleteTemplateVersion act) {
        return find(cloud, act.template(), act.version())
                .map(v -> Trees.of("template", v.template(), "version", v.version(), "description", v.description()))
                .orElse(Map.of());
    }
}
