(function(){
"use strict";
var root=document.documentElement,bar=document.getElementById("bar"),at=document.getElementById("at");
if(!bar)return;
bar.hidden=false;
function marks(){return Array.prototype.filter.call(document.querySelectorAll("a.ref"),function(a){return a.offsetParent!==null})}
function go(step){
var all=marks(),here=all.indexOf(document.activeElement),i;
if(!all.length)return;
if(here<0){
var top=bar.getBoundingClientRect().bottom;
if(step>0){for(i=0;i<all.length&&all[i].getBoundingClientRect().top<top;i++);here=i-1}
else{for(i=all.length-1;i>=0&&all[i].getBoundingClientRect().top>top;i--);here=i+1}}
i=(here+step+all.length)%all.length;
all[i].focus({preventScroll:true});
all[i].scrollIntoView({block:"center"});
last=all[i];
at.textContent=(i+1)+" / "+all.length}
var last=null;
bar.addEventListener("click",function(event){
var step=event.target.getAttribute("data-go");
if(!step)return;
if(last)last.focus({preventScroll:true});
go(Number(step))});
bar.addEventListener("change",function(event){
var kind=event.target.getAttribute("data-hide");
if(kind){root.classList.toggle("no-"+kind,!event.target.checked);at.textContent=""}});
document.addEventListener("keydown",function(event){
if(!event.altKey||event.ctrlKey||event.metaKey||event.shiftKey)return;
if(event.key==="ArrowDown"||event.key==="ArrowUp"){event.preventDefault();go(event.key==="ArrowDown"?1:-1)}});
var wide=matchMedia("screen and (min-width:62rem)"),most=280,asked=0;
function lay(){
asked=0;
var on=wide.matches;
root.classList.toggle("flow",on);
document.querySelectorAll(".document").forEach(function(text){
var notes=Array.prototype.slice.call(text.querySelectorAll(".row>.notes"));
text.style.minHeight="";
notes.forEach(function(each){each.style.top="";each.previousElementSibling.style.marginTop=""});
if(!on)return;
var base=text.getBoundingClientRect().top,shift=0,bottom=0;
var places=notes.map(function(each){return{each:each,text:each.previousElementSibling,
top:each.previousElementSibling.getBoundingClientRect().top-base,height:each.offsetHeight,
open:Array.prototype.reduce.call(each.querySelectorAll("details[open]"),function(sum,entry){return sum+entry.offsetHeight},0)}});
var opened=0;
places.forEach(function(place){
var top=place.top+shift,push=Math.max(0,bottom-top-most-opened);
if(push){place.text.style.marginTop=push+"px";shift+=push;top+=push}
opened=(top<bottom?opened:0)+place.open;
top=Math.max(top,bottom);
place.each.style.top=top+"px";
bottom=top+place.height});
text.style.minHeight=bottom+"px"})}
function later(){if(!asked)asked=requestAnimationFrame(lay)}
addEventListener("resize",later);
document.addEventListener("toggle",later,true);
bar.addEventListener("change",later);
lay();
if(document.fonts&&document.fonts.ready)document.fonts.ready.then(later);
if(location.hash&&document.getElementById(location.hash.slice(1)))document.getElementById(location.hash.slice(1)).scrollIntoView();
var closed=[];
addEventListener("beforeprint",function(){
closed=Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
closed.forEach(function(each){each.open=true})});
addEventListener("afterprint",function(){closed.forEach(function(each){each.open=false})});
})();
