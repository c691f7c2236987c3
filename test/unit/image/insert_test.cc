// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/insert.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "libcore/image/compare.h"
#include "libcore/image/local_stream.h"
#include "libcore/image/update.h"
#include "test/unit/image/sample_tree.h"

using namespace core::image;
namespace fs = std::filesystem;

namespace {

/// A temporary directory and everything an Inserter needs.
struct Workshop {
  fs::path dir;
  std::unique_ptr<Image> image = make_tree({});
  core::Progress progress;
  std::vector<core::Problem> problems;
  core::FunctionSink sink{[this](core::Problem p) { if (p.severity > core::Severity::update) problems.push_back(std::move(p)); }};

  Workshop() {
    char path[] = "/tmp/insert-test.XXXXXX";
    dir = ::mkdtemp(path);
    apply_settings(*image, {}, 255);
  }
  ~Workshop() { fs::remove_all(dir); }
  void file(const std::string& name, const std::string& content) { std::ofstream(dir / name) << content; }
  std::string path(const std::string& name) const { return (dir / name).string(); }
  Inserter inserter(InsertOptions options = {}) { return Inserter(*image, std::move(options), progress, sink); }
};

std::vector<std::string> names(Node directory) {
  std::vector<std::string> out;
  for (const Node child : directory.children()) out.emplace_back(child.name());
  return out;
}

}  // namespace

TEST_CASE("a tree from disk has all files with their attributes") {
  Workshop w;
  fs::create_directories(w.dir / "t/sub/empty");
  w.file("t/b", "12345");
  w.file("t/a", "");
  fs::create_symlink("b", w.dir / "t/link");
  ::mkfifo(w.path("t/fifo").c_str(), 0600);
  ::chmod(w.path("t/b").c_str(), 0640);
  Inserter inserter = w.inserter();
  CHECK(inserter.graft(w.path("t"), "/x/y", Depth::tree) == Inserter::Outcome::added);
  CHECK(w.problems.empty());
  CHECK(inserter.files() == 6);
  CHECK(names(w.image->find("/x/y")) == std::vector<std::string>{"a", "b", "fifo", "link", "sub"});
  const Node b = w.image->find("/x/y/b");
  CHECK(b.size().value == 5);
  CHECK(b.permissions() == 0640);
  struct stat s;
  REQUIRE(::stat(w.path("t/b").c_str(), &s) == 0);
  CHECK(b.mtime() == s.st_mtime);
  CHECK(b.uid() == s.st_uid);
  CHECK(local_path_of(b.handle()) == w.path("t/b"));
  CHECK(w.image->find("/x/y/link").link_target() == "b");
  CHECK(w.image->find("/x/y/fifo").kind() == NodeKind::fifo);
  CHECK(w.image->find("/x/y/sub/empty").is_directory());
  CHECK(w.image->changed());
}

TEST_CASE("missing files and collisions are problems with the path") {
  Workshop w;
  w.file("f", "x");
  fs::create_directory(w.dir / "d");
  Inserter inserter = w.inserter();
  CHECK(inserter.graft(w.path("none"), "/n", Depth::tree) == Inserter::Outcome::failed);
  REQUIRE(!w.problems.empty());
  CHECK(w.problems.back().text.find(w.path("none")) != std::string::npos);
  CHECK(w.problems.back().os_errno == ENOENT);
  REQUIRE(inserter.graft(w.path("d"), "/d", Depth::tree) == Inserter::Outcome::added);
  CHECK(inserter.graft(w.path("f"), "/d", Depth::tree) == Inserter::Outcome::failed);
  CHECK(w.image->find("/d").is_directory());
  CHECK(w.inserter({.overwrite = Overwrite::on}).graft(w.path("f"), "/d", Depth::tree) == Inserter::Outcome::added);
  CHECK(w.image->find("/d").kind() == NodeKind::file);
}

TEST_CASE("exclusions keep files out") {
  Workshop w;
  fs::create_directories(w.dir / "t/skipped");
  w.file("t/a.o", "");
  w.file("t/a.c", "");
  Exclusions e;
  e.add_leaf_pattern("*.o");
  e.add_path(w.path("t/skipped"));
  CHECK(e.excludes_subtree_of(w.path("t/skipped/deep/er")));
  CHECK(!e.excludes_subtree_of(w.path("t")));
  Inserter inserter = w.inserter({.exclusions = &e});
  CHECK(inserter.graft(w.path("t"), "/t", Depth::tree) == Inserter::Outcome::added);
  CHECK(names(w.image->find("/t")) == std::vector<std::string>{"a.c"});
  CHECK(inserter.graft(w.path("t/a.o"), "/named.o", Depth::tree) == Inserter::Outcome::added);
  CHECK(w.inserter({.exclusions = &e, .exclude_parameters = true}).graft(w.path("t/a.o"), "/q", Depth::tree) ==
        Inserter::Outcome::excluded);
}

TEST_CASE("a merge keeps what was there") {
  Workshop w;
  fs::create_directories(w.dir / "one/sub");
  fs::create_directories(w.dir / "two/sub");
  w.file("one/sub/a", "1");
  w.file("two/sub/b", "2");
  for (int i = 0; i < 60; i++) w.file("two/sub/many" + std::to_string(i), "");
  for (const bool hard_links : {false, true}) {
    CAPTURE(hard_links);
    w.image = make_tree({});
    Inserter inserter = w.inserter({.attributes = {.hard_links = hard_links}});
    CHECK(inserter.graft(w.path("one"), "/", Depth::tree) == Inserter::Outcome::added);
    CHECK(inserter.graft(w.path("two"), "/", Depth::tree) == Inserter::Outcome::added);
    CHECK(w.image->find("/sub/a"));
    CHECK(w.image->find("/sub/b"));
    CHECK(w.image->find("/sub").child_count() == 62);
    CHECK(w.image->root().child_count() == 1);
  }
}

TEST_CASE("links that lead around end somewhere") {
  Workshop w;
  fs::create_directories(w.dir / "t/sub");
  fs::create_symlink("..", w.dir / "t/sub/up");
  Inserter inserter = w.inserter({.follow = {.links = true}});
  CHECK(inserter.graft(w.path("t"), "/t", Depth::tree) == Inserter::Outcome::added);
  CHECK(w.image->find("/t/sub/up/sub"));
  CHECK(w.problems.size() == 1);
}

TEST_CASE("the identity of a disk file comes back as it was recorded") {
  const auto image = make_tree({"/f=x"});
  const Node f = image->find("/f");
  CHECK(!recorded_identity(f));
  for (const DiskIdentity id : {DiskIdentity{0, 1}, {0xfe00, 0xa72242}, {1, 0xffffffffffffffff}}) {
    record_identity(f, id);
    CHECK(recorded_identity(f) == id);
  }
}

TEST_CASE("an update changes only what differs") {
  Workshop w;
  fs::create_directories(w.dir / "t/sub");
  w.file("t/same", "1");
  w.file("t/changes", "abc");
  w.file("t/sub/goes", "1");
  REQUIRE(w.inserter().graft(w.path("t"), "/t", Depth::tree) == Inserter::Outcome::added);
  const Node same = w.image->find("/t/same");
  w.file("t/changes", "abcd");
  w.file("t/sub/comes", "new");
  fs::remove(w.dir / "t/sub/goes");
  Updater updater(*w.image, {}, {}, LinkFamilies::update, w.progress, w.sink);
  CHECK(updater.update(w.path("t"), "/t", UpdateScope::tree, "t") == Updater::Outcome::changed);
  CHECK(w.image->find("/t/same") == same);
  CHECK(w.image->find("/t/changes").size().value == 4);
  CHECK(w.image->find("/t/sub/comes"));
  CHECK(!w.image->find("/t/sub/goes"));
  CHECK(updater.update(w.path("t"), "/t", UpdateScope::tree, "t") == Updater::Outcome::no_change);
  CHECK(updater.update(w.path("none"), "/none", UpdateScope::tree, "none") == Updater::Outcome::failed);
}

TEST_CASE("differing content is counted, equal content is silent") {
  Workshop w;
  w.file("f", "abcdefgh");
  REQUIRE(w.inserter().graft(w.path("f"), "/f", Depth::tree) == Inserter::Outcome::added);
  Comparer comparer(*w.image, {}, w.progress, w.sink);
  const auto compare = [&](const std::string& name) {
    return comparer.compare(w.path(name), look_at(w.path(name), Links::keep, {}), w.image->find("/f"));
  };
  CHECK(!compare("f").differs());
  w.file("other", "abcXefYh");
  const Comparison other = compare("other");
  CHECK(other.content);
  REQUIRE(!other.lines.empty());
  CHECK(other.lines.back().find("differs by at least 2 bytes. First at 3") != std::string::npos);
  CHECK(compare("none").missing == Comparison::Missing::on_disk);
}
