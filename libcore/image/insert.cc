// SPDX-License-Identifier: GPL-3.0-or-later
//
// The children of a libisofs directory are a sorted list which is searched from its head. So a directory's files are
// inserted in descending order: each new one becomes the head. Directories on disk are read ahead by a second thread
// while this one, the only one that touches the tree, makes nodes.
#include "libcore/image/insert.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/edit.h"
#include "libcore/image/local_stream.h"

namespace core::image {
namespace {

IsoDir* as_dir(Node node) { return reinterpret_cast<IsoDir*>(node.handle()); }

/// A directory that was split out of one big file is taken for that file. The names of the parts tell.
bool is_split_file(Node directory) {
  const std::vector<Node> parts = directory.children();
  if (parts.empty()) return false;
  return std::all_of(parts.begin(), parts.end(), [](Node part) {
    int number = 0, total = 0, end = 0;
    const std::string name(part.name());
    return part.kind() == NodeKind::file && std::sscanf(name.c_str(), "part_%d_of_%d_at_%n", &number, &total, &end) == 2 &&
           end > 0 && name.find("_with_") != name.npos;
  });
}

std::vector<std::string> components(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (slash != 0) parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

}  // namespace

/// A file on disk on its way into the tree.
struct Inserter::Source {
  std::string path;
  DiskFile file;
  Links links = Links::keep;
  SourceDirectory* directory = nullptr;  ///< Null: to be made.
};

/// A directory of the tree whose content on disk still has to be inserted.
struct Inserter::PendingDirectory {
  Node node;
  std::string path, iso_path;
  dev_t device = 0;
  bool is_new = true;
  std::vector<std::pair<dev_t, ino_t>> hops{};  ///< Targets of the links that were followed on the way here.
  std::shared_ptr<DirectoryReader::Task> task{};
  Node scratch{};                               ///< Outside of the tree, for the making of directories.
};

/// One reference on a SourceDirectory.
class Inserter::SharedDirectory {
 public:
  explicit SharedDirectory(const std::string& path) : directory_(SourceDirectory::create(path)) {}
  ~SharedDirectory() { directory_->unref(); }
  SharedDirectory(const SharedDirectory&) = delete;
  SharedDirectory& operator=(const SharedDirectory&) = delete;
  SourceDirectory* get() const { return directory_; }

 private:
  SourceDirectory* directory_;
};

Inserter::Inserter(Image& image, InsertOptions options, Progress& progress, ProblemSink& sink)
    : image_(image), options_(std::move(options)), progress_(progress), sink_(sink) {
  progress_.start(Phase::inserting);
}

Inserter::~Inserter() {
  progress_.done = files_;
  progress_.phase = Phase::idle;
}

void Inserter::report(Severity severity, std::string text, int os_errno) {
  sink_.report({severity, std::move(text), os_errno, Origin::xorriso});
  if (severity >= Severity::failure) failed_ = true;
  ++problems_;
}

void Inserter::report_file(const std::string& disk_path, Severity severity, std::string text, int os_errno) {
  report(Severity::errfile, disk_path);
  report(severity, std::move(text), os_errno);
}

bool Inserter::go_on() const { return !progress_.cancel && (!options_.may_continue || options_.may_continue()); }

void Inserter::count_file() {
  if ((++files_ & 255) == 0) progress_.done = files_;
}

std::string Inserter::checked_name(std::string_view name) {
  std::string stored = image_.stored_name(name);
  if (stored.size() != name.size())
    report(Severity::warning, "File name had to be truncated and MD5 marked: " + shell_quote(name) + " -> " + shell_quote(stored));
  return stored;
}

// --- parents -----------------------------------------------------------------------------------------------------------

Node Inserter::new_directory(Node parent, const std::string& name, const std::string& shown_path) {
  IsoDir* dir = nullptr;
  const int ret = iso_image_add_new_dir(image_.handle(), as_dir(parent), checked_name(name).c_str(), &dir);
  if (ret < 0) {
    report(Severity::failure, "Cannot create directory in ISO image: " + shell_quote(shown_path));
    return {};
  }
  const Node node(reinterpret_cast<IsoNode*>(dir));
  iso_node_set_ctime(node.handle(), ::time(nullptr));
  iso_node_set_uid(node.handle(), ::geteuid());
  iso_node_set_gid(node.handle(), ::getegid());
  image_.note_added(node);
  return node;
}

/// Walks to the directory that shall hold `iso_path`. A new directory n levels above the leaf gets the attributes of the
/// directory n levels above the leaf of `disk_path`, if there is one.
Node Inserter::make_parents(const std::string& iso_path, const std::string& disk_path) {
  const std::vector<std::string> iso = components(iso_path), disk = components(disk_path);
  Node node = image_.root();
  std::string path;
  for (std::size_t i = 0; i + 1 < iso.size(); ++i) {
    path.append("/").append(iso[i]);
    Node next = image_.find_child(node, iso[i]);
    if (next && !next.is_directory()) {
      if (!clear_way(next, true, path, disk_path)) return {};
      next = {};
    }
    if (!next) {
      next = new_directory(node, iso[i], path);
      if (!next) return {};
      const std::size_t levels = iso.size() - 1 - i;
      if (!disk_path.empty() && levels <= disk.size()) {
        std::string source = "/";
        for (std::size_t k = 0; k + levels < disk.size(); ++k) source = join_path(source, disk[k]);
        const DiskFile file = look_at(source, Links::follow, look_for(options_.attributes));
        if (file.error == 0) set_attributes(next, source, file, Links::follow, options_.attributes);
      }
    }
    node = next;
  }
  return node;
}

/// Removes what stands in the way of a new file, if that is allowed.
bool Inserter::clear_way(Node existing, bool new_is_directory, const std::string& iso_path, const std::string& disk_path) {
  const bool is_directory = existing.is_directory() && !(options_.split_size > 0 && is_split_file(existing));
  if (is_directory && new_is_directory) return true;
  const bool allowed = options_.overwrite == Overwrite::on ||
                       (options_.overwrite == Overwrite::non_directories && !is_directory && existing != image_.root());
  if (!allowed) {
    report_file(disk_path, Severity::failure, "While grafting " + shell_quote(iso_path) + " : file object exists and may not be overwritten");
    return false;
  }
  Result<void> removed = remove_tree(image_, existing);
  if (!removed) sink_.report(std::move(removed).problem());
  return removed.ok();
}

// --- single objects ----------------------------------------------------------------------------------------------------

Node Inserter::insert_data(Node parent, const char* name, const Source& source) {
  SourceDirectory* directory =
      source.directory != nullptr ? source.directory->ref() : SourceDirectory::create(std::string(parent_path(source.path)));
  IsoStream* stream = new_local_stream(directory, leaf_name(source.path),
                                       {source.file.device, source.file.inode, source.file.size});
  directory->unref();
  IsoFile* file = nullptr;
  const int ret = stream == nullptr ? static_cast<int>(ISO_OUT_OF_MEM)
                                    : iso_image_add_new_file(image_.handle(), as_dir(parent), name, stream, &file);
  if (ret >= 0) return Node(reinterpret_cast<IsoNode*>(file));
  if (stream != nullptr) iso_stream_unref(stream);
  sink_.report(problem_from_libisofs(ret, ""));
  return {};
}

Node Inserter::insert_split(Node parent, const char* name, const Source& source) {
  IsoDir* dir = nullptr;
  int ret = iso_image_add_new_dir(image_.handle(), as_dir(parent), name, &dir);
  if (ret < 0) {
    sink_.report(problem_from_libisofs(ret, ""));
    return {};
  }
  const Node directory(reinterpret_cast<IsoNode*>(dir));
  const std::int64_t size = source.file.size, part = options_.split_size, parts = (size + part - 1) / part;
  for (std::int64_t i = 0; i < parts; ++i) {
    const std::string part_name = strprintf("part_%lld_of_%lld_at_%lld_with_%lld_of_%lld", static_cast<long long>(i + 1),
                                            static_cast<long long>(parts), static_cast<long long>(i * part),
                                            static_cast<long long>(part), static_cast<long long>(size));
    IsoNode* node = nullptr;
    ret = iso_tree_add_new_cut_out_node(image_.handle(), dir, part_name.c_str(), source.path.c_str(), i * part,
                                        std::min(part, size - i * part), &node);
    if (ret < 0) {
      sink_.report(problem_from_libisofs(ret, ""));
      return {};
    }
    if (options_.attributes.records_identity()) record_identity(Node(node), {source.file.device, source.file.inode});
  }
  report(Severity::note, strprintf("Split into %lld parts: %s", static_cast<long long>(parts),
                                   shell_quote(directory.path()).c_str()));
  return directory;
}

/// Makes the node that `source` needs; without its attributes. An empty Node: reported.
Node Inserter::insert_object(Node parent, const char* name, const Source& source) {
  const mode_t mode = source.file.mode;
  int ret = 0;
  IsoNode* node = nullptr;
  if (S_ISREG(mode)) return insert_data(parent, name, source);
  if (S_ISDIR(mode)) {
    ret = iso_image_add_new_dir(image_.handle(), as_dir(parent), name, reinterpret_cast<IsoDir**>(&node));
  } else {
    // Only libisofs' own way lets it know the inode number, by which it recognises hard links.
    ret = iso_tree_add_new_node(image_.handle(), as_dir(parent), name, source.path.c_str(), &node);
  }
  if (ret >= 0) return Node(node);
  sink_.report(problem_from_libisofs(ret, ""));
  return {};
}

/// Inserts one object, not what is below it. An empty Node: reported.
Node Inserter::insert(const PendingDirectory& into, const char* name, const Source& source) {
  const Node parent = into.node;
  const bool parent_is_new = into.is_new;
  const auto shown = [&] { return join_path(into.iso_path, name); };
  Node existing = parent_is_new ? Node() : image_.find_child(parent, name);
  if (existing) {
    if (!clear_way(existing, S_ISDIR(source.file.mode), shown(), source.path)) return {};
    if (S_ISDIR(source.file.mode) && image_.find_child(parent, name) == existing) {
      clear_extended_attributes(existing);
      set_attributes(existing, source.path, source.file, source.links, options_.attributes);
      return existing;
    }
  }
  const std::string stored = checked_name(name);
  const bool regular = S_ISREG(source.file.mode);
  const bool split = regular && options_.split_size > 0 && source.file.size > options_.split_size;
  if (regular && !may_read(source.path, source.file)) {
    sink_.report({Severity::failure, "Access to file is not allowed: " + shell_quote(source.path), 0, Origin::libisofs});
    report_file(source.path, Severity::failure, "Grafting failed:  " + shell_quote(shown()) + " = " + shell_quote(source.path));
    return {};
  }
  const Node node = split ? insert_split(parent, stored.c_str(), source) : insert_object(parent, stored.c_str(), source);
  if (!node) {
    report_file(source.path, Severity::failure, "Grafting failed:  " + shell_quote(shown()) + " = " + shell_quote(source.path));
    return {};
  }
  // The directory of parts is an artifact of the image; the parts have the file's attributes.
  if (!split) set_attributes(node, source.path, source.file, source.links, options_.attributes);
  hide(node, source.path);
  if (!parent_is_new) image_.note_added(node);
  return node;
}

bool Inserter::exceeds_limit(const Source& source) const {
  return options_.size_limit > 0 && options_.split_size == 0 && source.file.size > options_.size_limit;
}

void Inserter::report_limit(const Source& source) {
  report(Severity::failure, strprintf("File exceeds size limit of %lld bytes: %s\n", static_cast<long long>(options_.size_limit),
                                      shell_quote(source.path).c_str()));
}

// --- trees -------------------------------------------------------------------------------------------------------------

bool Inserter::excluded(const std::string& path, const char* name) const {
  const Exclusions* e = options_.exclusions;
  return e != nullptr && (e->excludes_leaf(name) || e->excludes_path(path));
}

void Inserter::hide(Node node, const std::string& disk_path) {
  if (options_.hide_rules == nullptr) return;
  const HideState state = options_.hide_rules->hidden(disk_path);
  if (state != HideState()) set_hide_state(image_, node, state);
}

void Inserter::announce(std::vector<PendingDirectory>& directories) {
  std::vector<std::string> paths;
  paths.reserve(directories.size());
  for (const PendingDirectory& d : directories) paths.push_back(d.path);
  std::vector<std::shared_ptr<DirectoryReader::Task>> tasks = reader_->announce(std::move(paths));
  for (std::size_t i = 0; i < tasks.size(); ++i) directories[i].task = std::move(tasks[i]);
}

/// Replaces the symbolic link in `source` by its target. False: it stays a link.
bool Inserter::follow_link(const PendingDirectory& in, Source& source) {
  const DiskFile target = look_at(source.path, Links::follow, look_for(options_.attributes));
  if (target.error != 0 || static_cast<int>(in.hops.size()) >= options_.follow.limit) return false;
  if (S_ISDIR(target.mode) &&
      std::find(in.hops.begin(), in.hops.end(), std::pair(target.device, target.inode)) != in.hops.end()) {
    report(Severity::warning, "Detected symbolic link loop around : " + shell_quote(source.path));
    return false;
  }
  source.file = target;
  source.links = Links::follow;
  return true;
}

/// What is to be done with one entry of a directory.
struct Inserter::Prepared {
  Source source;
  const char* name = nullptr;
  std::uint32_t place_on_disk = 0;              ///< Ascends in the order in which the disk's directory has its entries.
  std::vector<std::pair<dev_t, ino_t>> hops{};
  bool enter = false;                           ///< A directory with content to be inserted.
  Node detached{};                              ///< Already made, but not yet in the tree.
};

/// Looks at exclusions, links, sizes and mount points. Empty: not to be inserted; what is to be said about it is said.
std::optional<Inserter::Prepared> Inserter::prepare(const PendingDirectory& in, const DiskListing& listing, const DiskEntry& entry,
                                                    SourceDirectory* directory) {
  const char* name = listing.name(entry);
  Prepared p{{join_path(in.path, name), entry, Links::keep, directory}, name, entry.name_at, in.hops};
  Source& source = p.source;
  if (excluded(source.path, name)) return std::nullopt;
  if (source.file.error != 0) {
    report_file(source.path, Severity::failure, "Cannot determine attributes of source file " + shell_quote(source.path), source.file.error);
    return std::nullopt;
  }
  if (S_ISLNK(source.file.mode) && options_.follow.links && follow_link(in, source))
    p.hops.emplace_back(source.file.device, source.file.inode);
  if (S_ISREG(source.file.mode) && exceeds_limit(source)) {
    const bool before = failed_;
    report_limit(source);
    failed_ = before;  // the tree counts as added nevertheless
    return std::nullopt;
  }
  const bool mount_point = source.file.device != in.device && source.links == Links::keep;
  p.enter = S_ISDIR(source.file.mode) && (options_.follow.mounts || !mount_point);
  if (S_ISDIR(source.file.mode) && !p.enter) report(Severity::note, "Did not follow mount point : " + shell_quote(source.path));
  return p;
}

/// The content of a directory on disk; reports if it can't be had.
DiskListing Inserter::take_listing(PendingDirectory& of) {
  DiskListing listing = of.task != nullptr ? reader_->take(of.task) : list_directory(of.path, look_for(options_.attributes));
  of.task = nullptr;
  if (listing.error != 0)
    report_file(of.path, Severity::failure, "Cannot open as source directory: " + shell_quote(of.path));
  return listing;
}

/// Inserts the entries of one directory and tells which of them are directories to be entered. False: stop everything.
bool Inserter::insert_entries(PendingDirectory& into, std::vector<PendingDirectory>& found) {
  const DiskListing listing = take_listing(into);
  const SharedDirectory directory(into.path);
  for (auto entry = listing.entries.rbegin(); entry != listing.entries.rend(); ++entry) {
    const std::size_t problems = problems_;
    std::optional<Prepared> p = prepare(into, listing, *entry, directory.get());
    if (p) {
      if (const Node node = insert(into, p->name, p->source)) {
        count_file();
        if (p->enter)
          found.push_back({node, std::move(p->source.path), join_path(into.iso_path, p->name), p->source.file.device,
                           into.is_new || node.child_count() == 0, std::move(p->hops)});
      }
    }
    if (problems_ != problems && !go_on()) return false;
  }
  return listing.error == 0 || go_on();
}

/// A directory node outside of the tree.
Node Inserter::new_detached_directory(const PendingDirectory& into, const Prepared& p) {
  IsoDir* dir = nullptr;
  const int ret = iso_image_add_new_dir(image_.handle(), as_dir(into.scratch), checked_name(p.name).c_str(), &dir);
  if (ret < 0) {
    sink_.report(problem_from_libisofs(ret, ""));
    return {};
  }
  const Node node(reinterpret_cast<IsoNode*>(dir));
  iso_node_take(node.handle());
  iso_node_set_hidden(node.handle(), iso_node_get_hidden(into.node.handle()));
  set_attributes(node, p.source.path, p.source.file, p.source.links, options_.attributes);
  hide(node, p.source.path);
  return node;
}

/// Makes the directories that are new, each with all its content, in the order of the disk.
bool Inserter::insert_subdirectories(const PendingDirectory& into, std::vector<Prepared>& entries) {
  std::vector<Prepared*> order;
  for (Prepared& p : entries)
    if (S_ISDIR(p.source.file.mode)) order.push_back(&p);
  std::sort(order.begin(), order.end(), [](const Prepared* a, const Prepared* b) { return a->place_on_disk < b->place_on_disk; });
  std::vector<PendingDirectory> below;
  for (const Prepared* p : order)
    below.push_back({{}, p->source.path, join_path(into.iso_path, p->name), p->source.file.device, true, p->hops});
  announce(below);
  for (std::size_t i = 0; i < order.size(); ++i) {
    Prepared& p = *order[i];
    const bool exists = !into.is_new && image_.find_child(into.node, p.name);
    below[i].node = exists ? insert(into, p.name, p.source) : p.detached = new_detached_directory(into, p);
    if (!below[i].node) continue;
    count_file();
    below[i].is_new = below[i].node.child_count() == 0;
    below[i].scratch = into.scratch;
    if (p.enter && !insert_in_disk_order(below[i])) return false;
  }
  return true;
}

/// Like insert_below(), but makes directories in the order of the disk, each before those below it. libisofs numbers
/// directories in the order of their making, and with hard links these numbers get into the image. To keep insertion
/// quick nevertheless, new directories are made outside of the tree and join the others when these get inserted.
bool Inserter::insert_in_disk_order(PendingDirectory& into) {
  const DiskListing listing = take_listing(into);
  const SharedDirectory directory(into.path);
  std::vector<Prepared> entries;
  for (auto entry = listing.entries.rbegin(); entry != listing.entries.rend(); ++entry) {
    const std::size_t problems = problems_;
    std::optional<Prepared> p = prepare(into, listing, *entry, directory.get());
    if (p) entries.push_back(std::move(*p));
    if (problems_ != problems && !go_on()) return false;
  }
  bool more = insert_subdirectories(into, entries);
  for (Prepared& p : entries) {
    if (p.detached) {
      iso_dir_add_node(as_dir(into.node), p.detached.handle(), ISO_REPLACE_NEVER);
      if (!into.is_new) image_.note_added(p.detached);
    } else if (more && !S_ISDIR(p.source.file.mode)) {
      const std::size_t problems = problems_;
      if (insert(into, p.name, p.source)) count_file();
      more = problems_ == problems || go_on();
    }
  }
  return more && (listing.error == 0 || go_on());
}

/// Inserts everything below a directory that is in the tree already.
bool Inserter::insert_below(PendingDirectory top) {
  struct Unset { std::unique_ptr<DirectoryReader>& r; ~Unset() { r.reset(); } } unset{reader_};
  reader_ = std::make_unique<DirectoryReader>(look_for(options_.attributes));
  image_.note_children_changed(top.node);
  if (options_.attributes.hard_links) {
    IsoDir* scratch = nullptr;
    if (iso_image_add_new_dir(image_.handle(), as_dir(image_.root()), ".directories being made.", &scratch) < 0) return false;
    top.scratch = Node(reinterpret_cast<IsoNode*>(scratch));
    iso_node_take(top.scratch.handle());
    const bool complete = insert_in_disk_order(top);
    iso_node_unref(top.scratch.handle());
    return complete;
  }
  std::vector<PendingDirectory> stack;
  stack.push_back(std::move(top));
  while (!stack.empty()) {
    PendingDirectory next = std::move(stack.back());
    stack.pop_back();
    std::vector<PendingDirectory> found;
    if (!insert_entries(next, found)) return false;
    announce(found);
    stack.insert(stack.end(), std::make_move_iterator(found.rbegin()), std::make_move_iterator(found.rend()));
  }
  return true;
}

bool Inserter::excluded_parameter(const std::string& disk_path) {
  const Exclusions* e = options_.exclusions;
  if (e == nullptr || !options_.exclude_parameters) return false;
  const bool by_path = e->excludes_path(disk_path) || (options_.exclude_subtrees && e->excludes_subtree_of(disk_path));
  if (by_path) report(Severity::note, "Disk path parameter excluded by -not_paths : " + shell_quote(disk_path));
  if (by_path) return true;
  const std::string leaf(leaf_name(disk_path));
  if (!e->excludes_leaf(leaf.c_str())) return false;
  report(Severity::note, "Disk path parameter excluded by -not_leaf : " + shell_quote(disk_path));
  return true;
}

Inserter::Outcome Inserter::graft(const std::string& disk_path, const std::string& iso_path, Depth depth) {
  failed_ = false;
  last_ = {};
  if (disk_path == "/") {
    report_file(disk_path, Severity::failure, "Will not graft-in the whole local filesystem by path '/'");
    return Outcome::failed;
  }
  if (excluded_parameter(disk_path)) return Outcome::excluded;
  const bool follow = options_.follow.links || options_.follow.parameters;
  Source source{disk_path, look_at(disk_path, Links::keep, look_for(options_.attributes))};
  PendingDirectory outside{{}, "", ""};
  if (source.file.error == 0 && S_ISLNK(source.file.mode) && follow && follow_link(outside, source))
    outside.hops.emplace_back(source.file.device, source.file.inode);
  if (source.file.error != 0) {
    report_file(disk_path, Severity::failure, "Cannot determine attributes of source file " + shell_quote(disk_path), source.file.error);
    return Outcome::failed;
  }
  if (S_ISREG(source.file.mode) && exceeds_limit(source)) {
    report_limit(source);
    report(Severity::failure, "Grafting failed:  " + shell_quote(iso_path) + " = " + shell_quote(disk_path));
    return Outcome::failed;
  }
  const bool is_directory = S_ISDIR(source.file.mode);
  Node node;
  if (iso_path == "/") {
    node = image_.root();
    if (!clear_way(node, is_directory, iso_path, disk_path)) return Outcome::failed;
    clear_extended_attributes(node);
    set_attributes(node, disk_path, source.file, source.links, options_.attributes);
    image_.set_changed(true);
  } else {
    const Node parent = make_parents(iso_path, disk_path);
    if (parent)
      node = insert({parent, "", std::string(parent_path(iso_path)), 0, false}, std::string(leaf_name(iso_path)).c_str(), source);
    if (!node) return Outcome::failed;
  }
  last_ = node;
  if (!is_directory) {
    count_file();
  } else if (depth == Depth::tree) {
    insert_below({node, disk_path, iso_path, source.file.device, node.child_count() == 0, std::move(outside.hops)});
  }
  return failed_ ? Outcome::added_incompletely : Outcome::added;
}

// --- other ways into the tree ------------------------------------------------------------------------------------------

Inserter::Outcome Inserter::graft_piece(const std::string& disk_path, const FilePiece& piece, const std::string& iso_path) {
  failed_ = false;
  const DiskFile file = look_at(disk_path, Links::follow, look_for(options_.attributes));
  if (file.error != 0) {
    report_file(disk_path, Severity::failure, "-cut_out: Cannot determine type of " + shell_quote(disk_path), file.error);
    return Outcome::failed;
  }
  if (!S_ISREG(file.mode)) {
    report_file(disk_path, Severity::failure,
                std::string("-cut_out: Unsupported file type (") + (S_ISDIR(file.mode) ? "directory" : "special file") +
                    ") with " + shell_quote(disk_path));
    return Outcome::failed;
  }
  if (piece.offset > file.size) {
    report_file(disk_path, Severity::sorry, strprintf("-cut_out: Byte offset %lld larger than file size %lld",
                                                      static_cast<long long>(piece.offset), static_cast<long long>(file.size)));
    return Outcome::failed;
  }
  const Node parent = make_parents(iso_path, "");
  if (!parent) return Outcome::failed;
  const std::string name = checked_name(leaf_name(iso_path));
  if (const Node existing = image_.find_child(parent, name))
    if (!clear_way(existing, false, iso_path, disk_path)) return Outcome::failed;
  IsoNode* node = nullptr;
  const int ret = iso_tree_add_new_cut_out_node(image_.handle(), as_dir(parent), name.c_str(), disk_path.c_str(), piece.offset,
                                                std::min(piece.bytes, file.size - piece.offset), &node);
  if (ret < 0) {
    sink_.report(problem_from_libisofs(ret, ""));
    report_file(disk_path, Severity::failure, "Grafting failed:  " + shell_quote(iso_path) + " = " + shell_quote(disk_path));
    return Outcome::failed;
  }
  if (options_.attributes.records_identity()) record_identity(Node(node), {file.device, file.inode});
  image_.note_added(Node(node));
  last_ = Node(node);
  count_file();
  return Outcome::added;
}

Inserter::Outcome Inserter::add_link(const std::string& target, const std::string& iso_path, const std::string& disk_target) {
  failed_ = false;
  if (image_.find(iso_path)) {
    report(Severity::failure, "-lns: Address already existing: " + shell_quote(iso_path == "/" ? "" : iso_path));
    return Outcome::failed;
  }
  const Node parent = make_parents(iso_path, disk_target);
  if (!parent) return Outcome::failed;
  IsoSymlink* link = nullptr;
  const int ret = iso_image_add_new_symlink(image_.handle(), as_dir(parent), checked_name(leaf_name(iso_path)).c_str(),
                                            target.c_str(), &link);
  if (ret < 0) {
    Problem problem = problem_from_libisofs(ret, "");
    problem.text += ": " + shell_quote(iso_path);
    problem.severity = Severity::fatal;
    sink_.report(std::move(problem));
    return Outcome::failed;
  }
  const Node node(reinterpret_cast<IsoNode*>(link));
  iso_node_set_uid(node.handle(), ::geteuid());
  iso_node_set_gid(node.handle(), ::getegid());
  image_.note_added(node);
  last_ = node;
  return Outcome::added;
}

Inserter::Outcome Inserter::make_directory(const std::string& iso_path) {
  failed_ = false;
  if (const Node existing = image_.find(iso_path)) {
    report(existing.is_directory() ? Severity::warning : Severity::failure,
           "-mkdir: Address already existing " + shell_quote(iso_path == "/" ? "" : iso_path));
    return Outcome::excluded;
  }
  const Node parent = make_parents(iso_path, "");
  if (!parent) return Outcome::failed;
  last_ = new_directory(parent, std::string(leaf_name(iso_path)), iso_path);
  return last_ ? Outcome::added : Outcome::failed;
}

}  // namespace core::image
