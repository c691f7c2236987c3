// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/edit.h"

#include "libcore/image/acl_xattr.h"
#include "libcore/image/node_details.h"
#include "test/unit/image/sample_tree.h"

using core::image::AclTexts;
using core::image::DateChange;
using core::image::HideState;
using core::image::ModeChange;
using core::image::Node;
using core::image::Xattr;
using core::image::XattrScope;

namespace {

std::vector<std::string> names(Node directory) {
  std::vector<std::string> out;
  for (const Node child : directory.children()) out.emplace_back(child.name());
  return out;
}
using Names = std::vector<std::string>;

mode_t changed(const char* text, mode_t mode) { return ModeChange::parse(text)->apply(mode); }

}  // namespace

TEST_CASE("removing nodes keeps look-ups right") {
  std::vector<std::string> paths{"/d/"};
  for (int i = 0; i < 100; i++) paths.push_back("/d/f" + std::to_string(100 + i) + "=x");
  const auto image = make_tree(paths);
  REQUIRE(image->find("/d/f150"));
  REQUIRE(core::image::remove_tree(*image, image->find("/d/f150")).ok());
  CHECK(!image->find("/d/f150"));
  CHECK(image->find("/d/f151"));
  CHECK(image->find("/d").child_count() == 99);
  CHECK(image->changed());
  REQUIRE(core::image::remove_children(*image, image->find("/d"), [](Node n) { return n.name() < "f190"; }).ok());
  CHECK(names(image->find("/d")).front() == "f190");
  REQUIRE(core::image::remove_tree(*image, image->find("/d")).ok());
  CHECK(!image->find("/d/f199"));
  CHECK(image->root().child_count() == 0);
}

TEST_CASE("removing the root only empties it") {
  const auto image = make_tree({"/a/", "/a/b/", "/a/b/f=1", "/g=2"});
  REQUIRE(core::image::remove_tree(*image, image->root()).ok());
  CHECK(image->root().child_count() == 0);
}

TEST_CASE("moving and cloning") {
  const auto image = make_tree({"/a/", "/a/f=1", "/b/"});
  REQUIRE(core::image::move_node(*image, image->find("/a/f"), image->find("/b"), "g").ok());
  CHECK(image->find("/b/g").size().value == 1);
  CHECK(!image->find("/a/f"));
  REQUIRE(core::image::clone_tree(*image, image->find("/b"), image->find("/a"), "c").ok());
  CHECK(image->find("/a/c/g").size().value == 1);
  CHECK(image->find("/b/g"));
}

TEST_CASE("a batch of moves ends in the right order") {
  const auto image = make_tree({"/a/", "/a/x=1", "/a/k=1", "/a/p=1", "/b/", "/b/m=1"});
  core::image::MoveBatch batch(*image, image->find("/b"));
  for (const char* path : {"/a/p", "/a/x", "/a/k"}) REQUIRE(batch.add(image->find(path)).ok());
  CHECK(batch.has("x"));
  CHECK(names(image->find("/a")) == Names{});
  REQUIRE(batch.flush().ok());
  CHECK(names(image->find("/b")) == Names{"k", "m", "p", "x"});
}

TEST_CASE("modes") {
  CHECK(changed("0644", 0777) == 0644);
  CHECK(changed("010644", 0777) == 0644);
  CHECK(changed("go-rwx", 0755) == 0700);
  CHECK(changed("u+x", 0644) == 0744);
  CHECK(changed("a=rx", 0640) == 0555);
  CHECK(changed("u=rwx,g=,o=", 0644) == 0700);
  CHECK(changed("u+s,g+s,o+t", 0755) == 07755);
  CHECK(changed("u+t,o+s", 0755) == 0755);
  CHECK(changed("+x", 0644) == 0644);
  for (const char* bad : {"", "644", "=", "u", "a+q", "z+x", "u+x,", "u-x+w", " 0644"}) CHECK(!ModeChange::parse(bad));
}

TEST_CASE("types of dates") {
  CHECK(DateChange::parse("b")->access);
  CHECK(DateChange::parse("b")->modification);
  CHECK(DateChange::parse("b")->touch);
  CHECK(!DateChange::parse("m-c")->touch);
  CHECK(DateChange::parse("c")->attribute);
  CHECK(!DateChange::parse("a-m"));
  const auto image = make_tree({"/f=1"});
  core::image::set_dates(*image, image->find("/f"), *DateChange::parse("a-c"), 12345);
  CHECK(image->find("/f").atime() == 12345);
  CHECK(image->find("/f").mtime() != 12345);
}

TEST_CASE("hide states") {
  CHECK(*HideState::parse("on") == HideState{true, true, true});
  CHECK(*HideState::parse("joliet:iso_rr") == HideState{true, true, false});
  CHECK(*HideState::parse("on:off") == HideState{});
  CHECK(!HideState::parse("iso_rr,joliet"));
  const auto image = make_tree({"/f=1"});
  core::image::set_hide_state(*image, image->find("/f"), {false, true, true});
  CHECK(core::image::hide_state(image->find("/f")) == HideState{false, true, true});
}

TEST_CASE("rules of mkisofs -r") {
  const auto image = make_tree({"/f=1"});
  const Node node = image->find("/f");
  core::image::set_owner(*image, node, 5);
  core::image::set_permissions(*image, node, 06710);
  core::image::apply_mkisofs_r(*image, node);
  CHECK(node.uid() == 0);
  CHECK(node.permissions() == 0555);
}

TEST_CASE("texts of access control lists") {
  const auto acl = AclTexts::parse("u::rw,g::r,,#x,o::-,user:lisa:rwx#y,d:g:7: w ");
  REQUIRE(acl.ok());
  CHECK(acl->access == "user::rw-\ngroup::r--\nother::---\nuser:lisa:rwx\n");
  CHECK(acl->default_acl == "group:7:-w-\n");
  for (const char* none : {"", "clear", "--remove-all"}) CHECK(AclTexts::parse(none)->access.empty());
  CHECK(AclTexts::parse("u::rw\nfoo\ng::q").problem().text ==
        "Malformed ACL entries encountered. Last one in line number 3.");
  for (const char* bad : {"u:r", "x::r", "o:1:r", " u::r"}) CHECK(!AclTexts::parse(bad).ok());
}

TEST_CASE("extended attributes") {
  const auto image = make_tree({"/f=1"});
  const Node node = image->find("/f");
  CHECK(!core::image::has_xattr(node, XattrScope::with_isofs));
  REQUIRE(core::image::set_xattr(*image, node, {"user.a", std::string("x\0y", 3)}, XattrScope::user).ok());
  REQUIRE(core::image::set_xattr(*image, node, {"user.b", "2"}, XattrScope::user).ok());
  CHECK(!core::image::set_xattr(*image, node, {"trusted.c", "3"}, XattrScope::user).ok());
  REQUIRE(core::image::set_xattr(*image, node, {"trusted.c", "3"}, XattrScope::any).ok());
  CHECK(core::image::xattrs_of(node, XattrScope::user).size() == 2);
  CHECK(core::image::xattrs_of(node, XattrScope::user)[0].value == std::string("x\0y", 3));
  REQUIRE(core::image::remove_xattr(*image, node, "user.a", XattrScope::user).ok());
  CHECK(core::image::xattrs_of(node, XattrScope::any).size() == 2);
  CHECK(core::image::octal_escaped("a b=\"\n.") == "a\\040b\\075\\042\\012.");
}

TEST_CASE("long names are cut to the limit") {
  const std::string name(100, 'x');
  const std::string cut = core::image::truncated_name(name, 64);
  CHECK(cut.size() == 64);
  CHECK(cut.substr(0, 32) == std::string(31, 'x') + ":");
  CHECK(core::image::truncated_name("short", 64) == "short");
}
