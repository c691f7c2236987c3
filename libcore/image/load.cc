// SPDX-License-Identifier: GPL-3.0-or-later
//
// Import of a session by libisofs, with the options that make multi-session work: the System Area is kept, the source of
// blocks stays open for the content of old files, ISO 9660:1999 trees are not read.
#include "libcore/image/load.h"

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/image/data_source.h"

namespace core::image {
namespace {

constexpr mode_t kDefaultPermissions = 0555;  ///< Of files and directories that have no Rock Ridge attributes.

struct ReadOptions {
  IsoReadOpts* handle = nullptr;
  ~ReadOptions() { iso_read_opts_free(handle); }
};

struct DataSource {
  IsoDataSource* handle = nullptr;
  ~DataSource() {
    if (handle != nullptr) iso_data_source_unref(handle);
  }
};

bool needs_aaip(const LoadOptions& o) {
  const AttributeSettings& a = o.attributes;
  return a.acl || a.xattr || a.xattr_all || a.records_identity() || o.md5 != Md5Loading::ignore;
}

void fill(IsoReadOpts* to, Lba start, const LoadOptions& from) {
  const bool no_rock = from.tree == TreeChoice::no_rock_ridge || from.tree == TreeChoice::ecma119;
  const bool no_joliet = from.tree == TreeChoice::no_joliet || from.tree == TreeChoice::ecma119;
  // The data source adds the displacement to every address, to this one too.
  iso_read_opts_set_start_block(to, static_cast<uint32_t>(start.value - from.displacement.value));
  iso_read_opts_set_no_rockridge(to, no_rock);
  iso_read_opts_set_no_joliet(to, no_joliet);
  iso_read_opts_set_no_iso1999(to, 1);
  iso_read_opts_set_preferjoliet(to, 0);
  iso_read_opts_set_no_aaip(to, !needs_aaip(from));
  iso_read_opts_set_no_md5(to, static_cast<int>(from.md5));
  iso_read_opts_set_new_inos(to, !from.attributes.hard_links);
  iso_read_opts_set_ecma119_map(to, static_cast<int>(from.ecma119_names));
  iso_read_opts_set_joliet_map(to, static_cast<int>(from.joliet_names));
  iso_read_opts_set_default_permissions(to, kDefaultPermissions, kDefaultPermissions);
  iso_read_opts_set_default_uid(to, 0);
  iso_read_opts_set_default_gid(to, 0);
  iso_read_opts_set_input_charset(to, from.input_charset.empty() ? nullptr : from.input_charset.c_str());
  iso_read_opts_auto_input_charset(to, from.auto_charset);
  iso_read_opts_load_system_area(to, 1);
  iso_read_opts_keep_import_src(to, 1);
}

std::int64_t count_below(Node directory) {
  std::int64_t count = 0;
  for (Node child : directory.children()) count += 1 + (child.is_directory() ? count_below(child) : 0);
  return count;
}

/// libisofs ends the import by itself as soon as one of its messages reaches this severity.
class AbortSeverity {
 public:
  explicit AbortSeverity(LoadStrictness strictness) {
    static char sorry[] = "SORRY";
    if (strictness != LoadStrictness::best_effort) iso_set_abort_severity(sorry);
  }
  ~AbortSeverity() {
    static char failure[] = "FAILURE";
    iso_set_abort_severity(failure);
  }
};

/// While it lives, libisofs queues no messages for debugging: the import makes one per file, and keeps all of them.
class NoDebugMessages {
 public:
  NoDebugMessages() { set("UPDATE"); }
  ~NoDebugMessages() { set("ALL"); }

 private:
  static void set(std::string queue) {
    static char never[] = "NEVER", prefix[] = "libisofs: ";
    iso_set_msgs_severities(queue.data(), never, prefix);
  }
};

void report_failure(int code, const LoadOptions& options, ProblemSink& sink) {
  const Severity severity = options.strictness == LoadStrictness::fatal ? Severity::fatal : Severity::failure;
  sink.report({severity, "Cannot read ISO image tree", 0, Origin::xorriso});
  const auto hint = [&sink](const char* text) { sink.report({Severity::hint, text, 0, Origin::xorriso}); };
  if (code == static_cast<int>(ISO_SB_TREE_CORRUPTED)) {
    hint("This might be false MD5 alarm if an add-on session was written by growisofs.");
    hint("In this case you get an ISO image tree by option -md5 'load_check_off'");
  } else if (options.strictness != LoadStrictness::best_effort) {
    hint("You might get a partial or altered ISO image tree by option -error_behavior 'image_loading' 'best_effort' "
         "if -abort_on is set to be tolerant enough.");
  }
}

/// Imports into the empty `image`. Returns libisofs' code, negative if it failed.
int import_tree(Image& image, std::shared_ptr<BlockSource> source, Lba start, const LoadOptions& options) {
  ReadOptions read;
  const int ret = iso_read_opts_new(&read.handle, 0);
  if (ret < 0) return ret;
  DataSource data{new_data_source(std::move(source), options.displacement)};
  if (data.handle == nullptr) return static_cast<int>(ISO_OUT_OF_MEM);
  fill(read.handle, start, options);
  const AbortSeverity guard(options.strictness);
  const NoDebugMessages quiet;
  return iso_image_import(image.handle(), data.handle, read.handle, nullptr);
}

}  // namespace

std::unique_ptr<Image> load_image(std::shared_ptr<BlockSource> source, Lba session_start, const LoadOptions& options,
                                  Progress& progress, ProblemSink& sink) {
  Result<std::unique_ptr<Image>> created = Image::create("ISOIMAGE");
  if (!created) {
    sink.report(std::move(created).problem());
    return nullptr;
  }
  std::unique_ptr<Image> image = std::move(created).value();
  apply_settings(*image, options.attributes, options.name_limit);
  progress.start(Phase::loading);
  const int ret = import_tree(*image, std::move(source), session_start, options);
  drain_library_messages(sink);
  progress.done = ret < 0 ? 0 : count_below(image->root());
  progress.phase = Phase::idle;
  if (ret < 0) {
    report_failure(ret, options, sink);
    return nullptr;
  }
  return image;
}

void apply_settings(Image& image, const AttributeSettings& attributes, int name_limit) {
  const bool xattr = attributes.xattr || attributes.xattr_all || attributes.records_identity();
  iso_image_set_ignore_aclea(image.handle(), (attributes.acl ? 0 : 1) | (xattr ? 0 : 2) | (attributes.xattr_all ? 8 : 0));
  iso_image_set_truncate_mode(image.handle(), 1, name_limit);
}

}  // namespace core::image
